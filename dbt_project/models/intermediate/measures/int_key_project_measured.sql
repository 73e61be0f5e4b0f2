-- What every line of a key project adds to its figures: indicators.md 1, 2, 4 to 8, 12, 42. Amounts are those of the
-- whole project; a unit has its share of them (section 0, rule 10).
{{ config(meta={'by_period': true}) }}
with line as (
    select
        line.*,
        coalesce(line.started = '是', false) as is_said_started,
        setting.production_rate = 'key_project' and line.stage in ('竣工', '投产', '达效') as is_in_production_base,
        period.last_month = 12 as is_december
    from {{ ref('int_key_project_known') }} as line
    inner join {{ ref('int_period_dated') }} as period on period.period = line.period
    cross join {{ ref('stg_site__setting') }} as setting
)

select
    line_id,
    submission_id,
    'key_project_monthly' as form,
    period,
    unit,
    is_held,
    is_first_of_project,
    share_pct,
    coalesce(stage, '未注明') as basis,

    -- Sums.
    total_investment,
    annual_plan,
    completed_month,
    completed_ytd,
    completed_since_start,

    -- The funnel; lines without a stage are there too, so that stages add up to all.
    1 as projects,
    total_investment as stage_amount,

    -- Numbers of projects.
    case when is_listed then 1 end as projects_listed,
    case when is_listed and is_said_started then 1 end as projects_started,
    case when is_first_of_project then 1 else 0 end as projects_distinct,
    case when is_started_in_year then 1 end as projects_started_in_year,

    -- Money spent, against what was planned.
    completed_ytd as completion_rate,
    annual_plan as completion_rate__over,
    completed_ytd as schedule_gap_pp,
    annual_plan as schedule_gap_pp__over,
    completed_since_start as total_completion_rate,
    total_investment as total_completion_rate__over,
    case when is_december then completed_month end as december_share,
    case when is_december then completed_ytd end as december_share__over,

    -- How far projects have come.
    case when is_start_base then case when is_said_started then 1 else 0 end end as start_rate_reported,
    case when is_start_base then 1 end as start_rate_reported__over,
    case when is_start_base then case when is_said_started and has_start_evidence then 1 else 0 end end as start_rate_verified,
    case when is_start_base then 1 end as start_rate_verified__over,
    case when is_start_base then case when is_said_started and not has_start_evidence then 1 else 0 end end as start_rate_gap_pp,
    case when is_start_base then 1 end as start_rate_gap_pp__over,
    case when is_finished_in_year then 1 when is_due_to_finish then 0 end as finish_rate,
    case when is_due_to_finish then 1 end as finish_rate__over,
    case when is_in_production_base then case when stage in ('投产', '达效') then 1 else 0 end end as production_rate,
    case when is_in_production_base then 1 end as production_rate__over
from line
