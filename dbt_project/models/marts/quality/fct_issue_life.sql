select
    unit,
    nullif(sub_unit, '') as sub_unit,
    form, rule, scope, business_key, column_name, state, first_seen_at, first_submission_id, last_seen_at,
    last_submission_id, times, returns
from {{ ref('int_issue_followed') }}
