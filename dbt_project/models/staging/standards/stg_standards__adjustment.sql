select
    ruling,
    line_no,
    scheme,
    unit,
    period,
    item,
    kind,
    points,
    document,
    decided_by,
    why,
    decided_at
from {{ source('standards', 'adjustment') }}
