-- Budget execution: sums, and the rate against the adjusted budget (indicators.md 27).
with

line as (
    {{ by_unit_and_county(ref('int_budget_line')) }}
),

wide as (
    select
        scope.period,
        scope.unit,
        {% for amount in ['budget_initial', 'budget_change', 'budget_adjusted', 'spent_month', 'spent_ytd'] -%}
        coalesce(sum(line.{{ amount }}), 0) as {{ amount }},
        {% endfor -%}
        {{ percent('sum(line.spent_ytd)', 'sum(line.budget_adjusted)') }} as execution_rate
    from {{ ref('int_scope') }} as scope
    left join line on line.period = scope.period and line.scope_unit = scope.unit
    where scope.form = 'budget_execution_monthly'
    group by scope.period, scope.unit
)

{{ long('wide', 'budget_execution_monthly', {
    'budget_initial': '万元', 'budget_change': '万元', 'budget_adjusted': '万元', 'spent_month': '万元',
    'spent_ytd': '万元', 'execution_rate': '%',
}) }}
