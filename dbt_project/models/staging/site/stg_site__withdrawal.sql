select
    decision, file, unit, form, period, version, reason, decided_by as withdrawn_by, decided_at as withdrawn_at
from {{ source('site', 'withdrawal') }}
