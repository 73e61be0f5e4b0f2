select
    ruling,
    scheme,
    unit,
    period,
    node,
    shown,
    objection,
    evidence,
    raised_by,
    raised_at,
    decision,
    decided_by,
    why,
    decided_at
from {{ source('standards', 'objection') }}
