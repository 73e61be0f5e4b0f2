select
    form,
    name as form_name,
    name_en as form_name_en,
    cadence,
    business_key
from {{ ref('stg_standards__form') }}
union all
-- All forms together, of which fitness, schemes and the calendar speak.
select code as form, label as form_name, label_en as form_name_en, null as cadence, null as business_key
from {{ ref('stg_standards__label') }}
where mart = 'dim_form' and column_name = 'form'
