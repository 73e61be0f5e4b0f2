select
    form,
    name as form_name,
    name_en as form_name_en,
    cadence,
    business_key
from {{ ref('stg_standards__form') }}
