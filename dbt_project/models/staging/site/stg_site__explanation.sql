select
    decision, source, submission_id, rule, unit, form, period, business_key, column_name, value as value_explained,
    reason as explanation, decided_by as explained_by, decided_at as explained_at
from {{ source('site', 'explanation') }}
