-- Problems found and mended, by the unit that keeps the ledger and for the county (indicators.md 30).
with

line as (
    {{ by_unit_and_county(ref('int_rectification_line')) }}
),

wide as (
    select
        scope.period,
        scope.unit,
        coalesce(sum(line.amount), 0) as amount,
        count(case when line.is_closed then 1 end) as problems_closed,
        {{ percent('count(case when line.is_closed then 1 end)', 'count(line.line_id)') }} as closure_rate
    from {{ ref('int_scope') }} as scope
    left join line on line.period = scope.period and line.scope_unit = scope.unit
    where scope.form = 'rectification'
    group by scope.period, scope.unit
)

{{ long('wide', 'rectification', {'amount': '万元', 'problems_closed': '个', 'closure_rate': '%'}) }}
