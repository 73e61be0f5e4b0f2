-- What every source of a project's money adds to the figures of funds: indicators.md 45.
select
    line_id,
    submission_id,
    'project_funding' as form,
    period,
    unit,
    is_held,
    coalesce(fund_source, '未注明') as basis,
    planned_total as funds_planned,
    planned_total as funds_planned_by_source,
    arrived_ytd as funds_arrived_ytd,
    arrived_total as funds_arrival_rate,
    planned_total as funds_arrival_rate__over,
    case when fund_source = '自有资金' then planned_total else 0 end as own_funds_share,
    planned_total as own_funds_share__over
from ({{ lines_in_force('project_funding') }}) as line
