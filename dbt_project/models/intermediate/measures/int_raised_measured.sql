-- What every problem of a project adds to the figures of problems raised: indicators.md 48.
select
    line_id,
    submission_id,
    'project_problem' as form,
    period,
    unit,
    is_held,
    coalesce(help_level, '未注明') as basis,
    1 as problems_raised,
    case when closed_date is null then 1 end as problems_open,
    case when closed_date is null then 1 end as problems_open_by_level,
    case when closed_date is null and due_date < period_end then 1 end as problems_overdue,
    case when closed_date is null then 0 else 1 end as problem_settled_rate,
    1 as problem_settled_rate__over
from ({{ lines_in_force('project_problem') }}) as line
