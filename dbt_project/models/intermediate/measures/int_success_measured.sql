-- What has become of the projects of one year (indicators.md 13): each month, every project that has come to its talks, by
-- the line that says so. A project is of the year in which it first appeared; one that came later than its talks enters
-- both counts. A line that is held back says how far its project would have come beyond what counts.
with

scope as (
    select scope.period, scope.unit, dated.period_end, dated.period_year
    from {{ ref('int_scope_resolved') }} as scope
    inner join {{ ref('int_period_dated') }} as dated on dated.period = scope.period
    where scope.form = 'investment_monthly'
),

reached as (
    select
        scope.period,
        scope.unit,
        project.project_key,
        project.negotiated_period,
        coalesce(success.period_end <= scope.period_end, false) as is_success,
        split_part(
            case when success.period_end <= scope.period_end then project.success_line else project.negotiated_line end, '|', 2
        ) as line_id
    from scope
    inner join {{ ref('int_pipeline_dated') }} as project on project.unit = scope.unit
    inner join {{ ref('int_period_dated') }} as first
        on first.period = project.first_period and first.period_year = scope.period_year
    inner join {{ ref('int_period_dated') }} as negotiated
        on negotiated.period = project.negotiated_period and negotiated.period_end <= scope.period_end
    left join {{ ref('int_period_dated') }} as success on success.period = project.success_period
),

-- Of several lines of a project the one that says most, the last of them.
known as (
    select
        scope.period,
        scope.unit,
        line.project_key,
        line.line_id,
        line.submission_id,
        coalesce(line.stage_order >= success.stage_order, false) as is_success,
        row_number() over (
            partition by scope.period, scope.unit, line.project_key
            order by coalesce(line.stage_order >= success.stage_order, false) desc nulls last, line.period desc nulls last, line.line_id
        ) as place
    from scope
    inner join {{ ref('int_investment_project') }} as line
        on
            line.unit = scope.unit and line.is_held and line.period_end <= scope.period_end
            and extract(year from line.period_end) = scope.period_year
    inner join {{ ref('int_stage_ordered') }} as talks on talks.stage = '在谈' and line.stage_order >= talks.stage_order
    cross join {{ ref('stg_site__setting') }} as setting
    left join {{ ref('int_stage_ordered') }} as success on success.stage = setting.success_stage
    -- A project of an earlier year stays one of that year.
    left join {{ ref('int_pipeline_dated') }} as project on project.unit = line.unit and project.project_key = line.project_key
    left join {{ ref('int_period_dated') }} as first on first.period = project.first_period
    where coalesce(first.period_year, scope.period_year) = scope.period_year
),

held as (
    select period, unit, project_key, line_id, submission_id, is_success from known where place = 1
)

select
    line.line_id,
    line.submission_id,
    'investment_monthly' as form,
    reached.period,
    reached.unit,
    false as is_held,
    1 = row_number() over (
        partition by reached.period, reached.project_key
        order by case when reached.is_success then 0 else 1 end, reached.negotiated_period, reached.unit
    ) as is_first_of_project,
    case when reached.is_success then 1 else 0 end as success_rate,
    1 as success_rate__over
from reached
inner join {{ ref('int_investment_project') }} as line on line.line_id = reached.line_id
union all
select
    held.line_id,
    held.submission_id,
    'investment_monthly' as form,
    held.period,
    held.unit,
    true as is_held,
    false as is_first_of_project,
    case when held.is_success then 1 when reached.line_id is null then 0 end as success_rate,
    case when reached.line_id is null then 1 end as success_rate__over
from held
left join reached on reached.period = held.period and reached.unit = held.unit and reached.project_key = held.project_key
where not coalesce(reached.is_success, false)
