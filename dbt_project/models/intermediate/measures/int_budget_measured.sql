-- What every budget item adds to the figures of the unit that reports it: indicators.md 4 (of the budget), 12 and 27.
with line as (
    select line.*, period.last_month = 12 as is_december
    from {{ ref('int_budget_known') }} as line
    inner join {{ ref('int_period_dated') }} as period on period.period = line.period
)

select
    line_id,
    submission_id,
    'budget_execution_monthly' as form,
    period,
    unit,
    is_held,

    -- Sums.
    budget_initial,
    budget_change,
    budget_adjusted,
    spent_month,
    spent_ytd,

    -- Money spent, against what was budgeted.
    spent_ytd as execution_rate,
    budget_adjusted as execution_rate__over,
    spent_ytd as execution_rate_initial,
    budget_initial as execution_rate_initial__over,
    spent_ytd as execution_gap_pp,
    budget_adjusted as execution_gap_pp__over,
    case when is_december then spent_month end as december_share,
    case when is_december then spent_ytd end as december_share__over
from line
