select
    decision, unit, form, period, deadline, reason, decided_by as granted_by, decided_at as granted_at
from {{ source('site', 'extension') }}
