-- Self-evaluations: totals by unit; blank where a programme of the unit is not complete.
with

programme as (
    {{ by_unit_and_county(ref('int_programme')) }}
),

held as (
    select period, unit from {{ ref('int_line') }}
    where form = 'performance_self_evaluation' and counts and disposition = 'quarantined'
    group by period, unit
),

wide as (
    select
        scope.period,
        scope.unit,
        sum(programme.self_score_total) as self_score_total,
        sum(programme.weight_total) as weight_total,
        {{ percent('sum(programme.budget_executed)', 'sum(programme.budget_adjusted)') }} as execution_rate,
        sum(programme.budget_initial) as budget_initial,
        sum(programme.budget_adjusted) as budget_adjusted,
        sum(programme.budget_executed) as budget_executed
    from {{ ref('int_scope') }} as scope
    left join programme on programme.period = scope.period and programme.scope_unit = scope.unit
    where
        scope.form = 'performance_self_evaluation'
        and scope.unit <> '*'
        and not exists (
            select 1 from held where held.period = scope.period and held.unit = scope.unit
        )
    group by scope.period, scope.unit
)

{{ long('wide', 'performance_self_evaluation', {
    'self_score_total': '分', 'weight_total': '分', 'execution_rate': '%', 'budget_initial': '万元',
    'budget_adjusted': '万元', 'budget_executed': '万元',
}) }}
