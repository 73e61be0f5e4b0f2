select
    number,
    kind,
    period,
    unit,
    subject_key,
    subject_name,
    rule,
    figures,
    state,
    due,
    is_past_due,
    released_by,
    decided_by,
    why,
    decided_at
from {{ ref('int_accountability_followed') }}
