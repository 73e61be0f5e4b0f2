-- The funds-arrival rate where the county sets it against targets or issued budgets (indicators.md 9).
select
    'investment_monthly' as form, line.period, line.unit, 'both' as counts_at, 'arrival_rate' as indicator, '' as basis,
    'numerator' as role, 'arrived_ytd' as columns, line.arrived_ytd as contribution, line.line_id, line.submission_id
from {{ ref('int_investment_line') }} as line
cross join {{ ref('stg_site__setting') }} as setting
where setting.arrival_rate in ('target', 'issued') and line.arrived_ytd is not null

union all

select
    'investment_monthly' as form, scope.period, scope.unit, 'both' as counts_at, 'arrival_rate' as indicator, '' as basis,
    'denominator' as role, 'target_value' as columns, target.target_amount as contribution, target.line_id,
    target.submission_id
from {{ ref('int_target_line') }} as target
inner join {{ ref('int_scope_resolved') }} as scope
    on
        scope.form = 'investment_monthly'
        and scope.unit = target.target_unit_code
        and substring(scope.period, 1, 4) = cast(target.year as {{ dbt.type_string() }})
cross join {{ ref('stg_site__setting') }} as setting
where setting.arrival_rate = 'target' and target.is_current and target.indicator = '到位资金' and target.target_amount is not null

union all

select
    'investment_monthly' as form, line.period, coalesce(line.budget_unit_code, line.unit) as unit, 'both' as counts_at,
    'arrival_rate' as indicator, '' as basis, 'denominator' as role, 'budget_adjusted' as columns,
    line.budget_adjusted as contribution, line.line_id, line.submission_id
from {{ ref('int_budget_line') }} as line
cross join {{ ref('stg_site__setting') }} as setting
where setting.arrival_rate = 'issued' and line.budget_adjusted is not null
