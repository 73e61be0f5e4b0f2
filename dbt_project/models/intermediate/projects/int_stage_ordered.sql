-- Stages of a project in the order that the county follows; 停工 and 终止 stand outside it (indicators.md section 6).
select member as stage, place as stage_order
from (
    {{ split(ref('stg_site__setting'), 'stage_order') }}
) as listed
