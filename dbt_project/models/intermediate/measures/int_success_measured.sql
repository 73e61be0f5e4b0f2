-- What has become of the projects of one year (indicators.md 13): each month, every project that has come to its talks, by
-- the line that says so. A project is of the year in which it first appeared; one that came later than its talks enters
-- both counts.
with reached as (
    select
        scope.period,
        scope.unit,
        project.project_key,
        project.negotiated_period,
        coalesce(success.period_end <= dated.period_end, false) as is_success,
        split_part(
            case when success.period_end <= dated.period_end then project.success_line else project.negotiated_line end, '|', 2
        ) as line_id
    from {{ ref('int_scope_resolved') }} as scope
    inner join {{ ref('int_period_dated') }} as dated on dated.period = scope.period
    inner join {{ ref('int_pipeline_dated') }} as project on project.unit = scope.unit
    inner join {{ ref('int_period_dated') }} as first
        on first.period = project.first_period and first.period_year = dated.period_year
    inner join {{ ref('int_period_dated') }} as negotiated
        on negotiated.period = project.negotiated_period and negotiated.period_end <= dated.period_end
    left join {{ ref('int_period_dated') }} as success on success.period = project.success_period
    where scope.form = 'investment_monthly'
)

select
    line.line_id,
    line.submission_id,
    'investment_monthly' as form,
    reached.period,
    reached.unit,
    1 = row_number() over (
        partition by reached.period, reached.project_key
        order by case when reached.is_success then 0 else 1 end, reached.negotiated_period, reached.unit
    ) as is_first_of_project,
    case when reached.is_success then 1 else 0 end as success_rate,
    1 as success_rate__over
from reached
inner join {{ ref('int_investment_project') }} as line on line.line_id = reached.line_id
