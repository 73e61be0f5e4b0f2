select
    ruling,
    project_key,
    form,
    first_period,
    last_period,
    unit,
    decision,
    share_pct,
    decided_by,
    why,
    decided_at
from {{ source('standards', 'claim_ruling') }}
