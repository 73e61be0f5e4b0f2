select
    decision, unit, form, period, business_key, column_name, reason, decided_by as approved_by, decided_at as approved_at
from {{ source('site', 'correction') }}
