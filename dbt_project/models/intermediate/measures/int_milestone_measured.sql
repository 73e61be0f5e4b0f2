-- What every node of a project adds to the figures of nodes: indicators.md 47. A node is due once its day has come.
select
    line_id,
    submission_id,
    'project_milestone' as form,
    period,
    unit,
    is_held,
    1 as nodes,
    case when actual_date <= period_end then 1 end as nodes_done,
    case when planned_date <= period_end and actual_date is null then 1 end as nodes_overdue,
    case when planned_date <= period_end then case when actual_date <= planned_date then 1 else 0 end end as node_on_time_rate,
    case when planned_date <= period_end then 1 end as node_on_time_rate__over
from ({{ lines_in_force('project_milestone') }}) as line
