select
    line.unit,
    line.period,
    line.period_end,
    line.project_name,
    known.unit as visited_unit_code,
    line.visited_unit,
    line.visit_date,
    line.visit_date_precision,
    line.visitor,
    line.item,
    line.reported,
    line.found,
    line.confirmed_amount,
    line.confirmed_stage,
    line.agreement,
    {{ origin('line') }}
from {{ ref('int_site_visit_counted') }} as line
left join {{ ref('stg_landed__name') }} as known on known.text = line.visited_unit
