-- Approvals: cases decided in the period or pending beyond their promise (indicators.md 29).
with

line as (
    {{ by_unit_and_county(ref('int_approval_line')) }}
),

wide as (
    select
        scope.period,
        scope.unit,
        count(case when line.is_counted_in_period then 1 end) as cases_decided_or_overdue,
        count(case when line.is_counted_in_period and line.is_overdue then 1 end) as overdue_cases,
        {{ percent('count(case when line.is_counted_in_period and line.is_overdue then 1 end)',
                   'count(case when line.is_counted_in_period then 1 end)') }} as overdue_rate
    from {{ ref('int_scope') }} as scope
    left join line on line.period = scope.period and line.scope_unit = scope.unit
    where scope.form = 'approval_case'
    group by scope.period, scope.unit
)

{{ long('wide', 'approval_case', {'cases_decided_or_overdue': '件', 'overdue_cases': '件', 'overdue_rate': '%'}) }}
