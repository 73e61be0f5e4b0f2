-- Key projects: sums, and rates of sums, by unit and for the county (indicators.md 1, 2, 5, 17).
with

line as (
    {{ by_unit_and_county(ref('int_key_project_line')) }}
),

wide as (
    select
        scope.period,
        scope.unit,
        coalesce(sum(line.total_investment), 0) as total_investment,
        coalesce(sum(line.annual_plan), 0) as annual_plan,
        coalesce(sum(line.completed_month), 0) as completed_month,
        coalesce(sum(line.completed_ytd), 0) as completed_ytd,
        coalesce(sum(line.completed_since_start), 0) as completed_since_start,
        {{ percent('sum(line.completed_ytd)', 'sum(line.annual_plan)') }} as completion_rate,
        {{ percent('sum(line.completed_since_start)', 'sum(line.total_investment)') }} as total_completion_rate,
        count(case when line.is_listed then 1 end) as projects_listed,
        count(case when line.is_listed and line.started = '是' then 1 end) as projects_started,
        {{ percent("count(case when line.is_listed and line.started = '是' then 1 end)",
                   "count(case when line.is_listed then 1 end)") }} as start_rate_reported,
        count(case
            when extract(year from line.actual_start_date) = extract(year from line.period_end)
                and line.actual_start_date <= line.period_end then 1
        end) as projects_started_in_year
    from {{ ref('int_scope') }} as scope
    left join line on line.period = scope.period and line.scope_unit = scope.unit
    where scope.form = 'key_project_monthly'
    group by scope.period, scope.unit
)

{{ long('wide', 'key_project_monthly', {
    'total_investment': '万元', 'annual_plan': '万元', 'completed_month': '万元', 'completed_ytd': '万元',
    'completed_since_start': '万元', 'completion_rate': '%', 'total_completion_rate': '%',
    'projects_listed': '个', 'projects_started': '个', 'start_rate_reported': '%', 'projects_started_in_year': '个',
}) }}
