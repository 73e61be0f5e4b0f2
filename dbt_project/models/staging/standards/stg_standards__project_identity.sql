select
    ruling,
    project_key,
    same_as,
    kind,
    first_period,
    decided_by,
    why,
    decided_at
from {{ source('standards', 'project_identity') }}
