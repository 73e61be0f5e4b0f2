select
    decision, rule, unit, form, period, business_key, column_name, reason, decided_by as waived_by, valid_from, valid_until
from {{ source('site', 'waiver') }}
