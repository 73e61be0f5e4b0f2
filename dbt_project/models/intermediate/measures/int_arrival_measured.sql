-- What arrived funds are set against where the county does not go by contracts: the target of the year, in every month of
-- it, or the budget issued to the unit (indicators.md 9).
select
    target.line_id,
    target.submission_id,
    'investment_monthly' as form,
    scope.period,
    scope.unit,
    target.target_amount as arrival_rate__over_target,
    null as arrival_rate__over_issued
from {{ ref('int_target_line') }} as target
inner join {{ ref('int_scope_resolved') }} as scope
    on scope.form = 'investment_monthly' and scope.unit = target.target_unit_code
inner join {{ ref('int_period_dated') }} as dated on dated.period = scope.period and dated.period_year = target.year
cross join {{ ref('stg_site__setting') }} as setting
where setting.arrival_rate = 'target' and target.is_current and target.indicator = '到位资金'

union all

select
    line.line_id,
    line.submission_id,
    'investment_monthly' as form,
    line.period,
    coalesce(line.budget_unit_code, line.unit) as unit,
    null as arrival_rate__over_target,
    line.budget_adjusted as arrival_rate__over_issued
from {{ ref('int_budget_line') }} as line
cross join {{ ref('stg_site__setting') }} as setting
where setting.arrival_rate = 'issued'
