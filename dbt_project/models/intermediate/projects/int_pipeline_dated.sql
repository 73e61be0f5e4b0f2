-- How far each project of a unit has come and when, over all months that count (indicators.md 13, 14).
with mark as (
    select
        max(case when stage.stage = '在谈' then stage.stage_order end) as negotiated,
        max(case when stage.stage = setting.success_stage then stage.stage_order end) as success
    from {{ ref('int_stage_ordered') }} as stage
    cross join {{ ref('stg_site__setting') }} as setting
)

select
    line.unit,
    line.project_key,
    min(line.period) as first_period,
    min(case when line.stage_order >= mark.negotiated then line.period end) as negotiated_period,
    min(case when line.stage_order >= mark.negotiated then line.period || '|' || line.line_id end) as negotiated_line,
    min(case when line.stage_order >= mark.success then line.period end) as success_period,
    min(case when line.stage_order >= mark.success then line.period || '|' || line.line_id end) as success_line
from {{ ref('int_investment_project') }} as line
cross join mark
where not line.is_held
group by line.unit, line.project_key
