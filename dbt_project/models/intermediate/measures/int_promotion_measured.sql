-- What promotion cost and what it brought (indicators.md 24): the spending for a unit, whoever has the budget, and the funds
-- and projects of the unit that introduced them, whoever reports them, by its share. A line that is not yet examined counts
-- with what was reported.
select
    line_id,
    submission_id,
    'budget_execution_monthly' as form,
    period,
    coalesce(budget_unit_code, unit) as unit,
    is_held,
    cast(null as boolean) as is_first_of_project,
    cast(null as decimal(20, 6)) as share_pct,
    spent_ytd as promotion_spent,
    null as promotion_spent_for,
    null as cost_per_100m_arrived,
    cast(null as decimal(20, 6)) as cost_per_100m_arrived__over,
    null as cost_per_signed_project,
    cast(null as integer) as cost_per_signed_project__over
from {{ ref('int_budget_known') }}
where is_promotion

union all

select
    line_id,
    submission_id,
    'budget_execution_monthly' as form,
    period,
    unit,
    is_held,
    null as is_first_of_project,
    null as share_pct,
    null as promotion_spent,
    spent_for as promotion_spent_for,
    spent_for as cost_per_100m_arrived,
    null as cost_per_100m_arrived__over,
    spent_for as cost_per_signed_project,
    null as cost_per_signed_project__over
from {{ ref('int_promotion_spent') }}

union all

select
    line_id,
    submission_id,
    'budget_execution_monthly' as form,
    period,
    coalesce(introducing_unit_code, unit) as unit,
    is_held,
    is_first_of_project,
    share_pct,
    null as promotion_spent,
    null as promotion_spent_for,
    null as cost_per_100m_arrived,
    coalesce(arrived_recognised, arrived_ytd) as cost_per_100m_arrived__over,
    null as cost_per_signed_project,
    case when is_signed_in_year then 1 end as cost_per_signed_project__over
from {{ ref('int_investment_known') }}
