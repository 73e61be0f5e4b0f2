select
    ruling,
    scheme,
    unit,
    period,
    programme,
    indicator,
    assessor,
    score,
    decided_by,
    why,
    decided_at
from {{ source('standards', 'verified_score') }}
