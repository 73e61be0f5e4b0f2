-- How often what was found on site differs from what a unit had reported, by the period of the visit.
select
    visited_unit_code as unit,
    period,
    cast(count(*) as integer) as items,
    cast(count(distinct project_name) as integer) as projects,
    cast(count(*) filter (where agreement = '不一致') as integer) as wrong_items,
    {{ percent("count(*) filter (where agreement = '不一致')", "count(*)") }} as wrong_pct
from {{ ref('fct_visit') }}
where visited_unit_code is not null and agreement is not null
group by visited_unit_code, period
