select
    ruling as entry,
    unit,
    form,
    measure,
    period,
    stated_period,
    value,
    uom,
    document,
    decided_by as entered_by,
    decided_at as entered_at,
    is_used
from {{ ref('int_base_figure') }}
