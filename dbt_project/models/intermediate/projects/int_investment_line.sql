-- The lines of int_investment_known that count, with who leads the project: whom the line names, else whoever leads the key project
-- of the same month, which is the same project while it is promoted.
with leader as (
    select project_key, period, max(lead_official) as lead_official from {{ ref('int_key_project_line') }} group by project_key, period
)

select
    {{ columns_of(ref('int_investment_known'), 'line', ['is_held']) }},
    coalesce(line.lead_official, leader.lead_official) as led_by
from {{ ref('int_investment_known') }} as line
left join leader on leader.project_key = line.project_key and leader.period = line.period
where not line.is_held
