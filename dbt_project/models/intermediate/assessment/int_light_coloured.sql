-- Three colours of every project and of every indicator of a unit, by the scheme that the county chose (indicators.md 40).
{% set level %}
    case when measured.basis = 'quotient' and measured.polarity = '+' then
        case when measured.quotient >= measured.best_from then 1 when measured.quotient >= measured.middle_from then 2
            when measured.quotient is not null then 3 end
    else
        case when measured.signed_gap >= measured.gap_best_from then 1 when measured.signed_gap >= measured.gap_middle_from then 2
            when measured.signed_gap is not null then 3 end
    end
{% endset -%}
with

-- Until this month of a year no figure is held against the share of the year that has passed (lights.yaml, `due`).
condition as (
    select coalesce(max(case key when 'first_month' then value end), 1) as first_month from {{ ref('stg_standards__list_condition') }}
),

-- Works begin with this stage; stages before it are of projects that are still prepared.
begun as (select max(case stage when '开工' then stage_order end) as stage_order from {{ ref('int_stage_ordered') }}),

project as (
    select
        line.period,
        line.unit,
        'project' as subject,
        line.project_key as subject_key,
        line.project_name as subject_name,
        {{ percent('line.completed_ytd', 'line.annual_plan') }} as rate,
        cast(line.completed_ytd as decimal(20, 6)) as part,
        cast(line.annual_plan as decimal(20, 6)) as whole,
        '+' as polarity,
        coalesce(line.planned_start_date <= line.period_end and line.actual_start_date is null
            and coalesce(line.started, '否') <> '是', false) as is_start_missed,
        -- What is not due yet is held against nobody: a start that lies ahead, or one that no plan has dated.
        case
            when line.planned_start_date > line.period_end then '计划' || line.planned_start_date || '开工，未到期'
            when
                line.planned_start_date is null and line.actual_start_date is null and coalesce(line.started, '否') <> '是'
                and stage.stage_order < begun.stage_order
                then line.stage || '阶段，计划开工时间未定，未到期'
        end as not_due,
        line.stage,
        not line.is_listed or coalesce(line.stage, '') in ('竣工', '投产', '达效', '终止') as is_without_light,
        false as is_pending,
        line.line_id,
        row_number() over (partition by line.unit, line.period, line.project_key order by line.line_id) as place
    from {{ ref('int_key_project_line') }} as line
    cross join begun
    left join {{ ref('int_stage_ordered') }} as stage on stage.stage = line.stage

    union all

    -- An open error: no colour until the line is right.
    select
        held.period, held.unit, 'project' as subject, held.line_id as subject_key,
        {{ as_sent('held', 'project_name') }} as subject_name,
        cast(null as decimal(20, 6)) as rate, cast(null as decimal(20, 6)) as part, cast(null as decimal(20, 6)) as whole,
        '+' as polarity, false as is_start_missed, cast(null as varchar) as not_due,
        cast(null as varchar) as stage, false as is_without_light, true as is_pending, held.line_id, 1 as place
    from {{ ref('int_line_with_disposition') }} as held
    where held.form = 'key_project_monthly' and held.counts and held.disposition = 'quarantined'

    union all

    select
        figure.period, figure.member as unit, 'indicator' as subject, figure.form || '.' || figure.measure as subject_key,
        indicator.name as subject_name, figure.value as rate, cast(figure.numerator as decimal(20, 6)) as part,
        cast(figure.denominator as decimal(20, 6)) as whole, indicator.polarity, false as is_start_missed,
        cast(null as varchar) as not_due, cast(null as varchar) as stage, false as is_without_light, false as is_pending,
        cast(null as varchar) as line_id, 1 as place
    from {{ ref('int_indicator_named') }} as figure
    inner join {{ ref('stg_standards__light_indicator') }} as indicator
        on indicator.form = figure.form and indicator.measure = figure.measure
    where figure.grain = 'unit'
),

measured as (
    select
        project.*,
        period.time_progress,
        period.period_no,
        period.last_month < condition.first_month as is_early,
        -- From part and whole, with the exact share of the year: a rate that was rounded could miss a cut.
        {{ quotient('1200 * project.part', 'project.whole * period.last_month') }} as quotient,
        cast(project.rate - period.time_progress as decimal(20, 6)) as gap_pp,
        cast(case project.polarity when '+' then 1 else -1 end * (project.rate - period.time_progress) as decimal(20, 6)) as signed_gap,
        chosen.light_scheme, chosen.basis, chosen.best_from, chosen.middle_from, chosen.best, chosen.middle, chosen.worst,
        chosen.due_start_red,
        case chosen.basis when 'gap' then chosen.best_from else by_gap.best_from end as gap_best_from,
        case chosen.basis when 'gap' then chosen.middle_from else by_gap.middle_from end as gap_middle_from
    from project
    inner join {{ ref('int_period_dated') }} as period
        on period.period = project.period and period.grain = 'month' and period.is_exempt is not true
    cross join condition
    cross join (select * from {{ ref('stg_standards__light_scheme') }} where is_chosen) as chosen
    -- Where less is better the gap decides, with its sign turned, whatever the scheme.
    cross join (
        select max(best_from) as best_from, max(middle_from) as middle_from
        from {{ ref('stg_standards__light_scheme') }} where light_scheme = 'gap'
    ) as by_gap
    where project.place = 1
),

-- How many months running the planned start has been missed: islands of months without a gap.
started as (
    select
        *,
        case when is_start_missed then row_number() over (
            partition by unit, subject, subject_key, is_start_missed, start_island order by period_no
        ) else 0 end as start_missed_periods
    from (
        select
            *,
            period_no - row_number() over (partition by unit, subject, subject_key, is_start_missed order by period_no)
                as start_island
        from measured
    ) as measured
),

-- What a stop and a missed start make of a colour, whatever was completed.
overlaid as (
    select
        measured.*,
        greatest(
            case when stage = '停工' then 3 else 0 end,
            case when start_missed_periods >= due_start_red then 3 when is_start_missed then 2 else 0 end
        ) as overlay
    from started as measured
),

lit as (
    select
        measured.*,
        case
            when is_pending then 0
            when is_without_light or not_due is not null then null
            when is_early then nullif(overlay, 0)
            else greatest(coalesce({{ level }}, 0), overlay)
        end as level,
        not is_pending and not is_without_light and (not_due is not null or is_early and overlay = 0) as is_not_due
    from overlaid as measured
)

select
    lit.*,
    case level when 1 then best when 2 then middle when 3 then worst when 0 then case when is_pending then '数据待核' end
        else case when is_not_due then '未到期' end end as colour,
    -- Whether the period says anything of the matter: an open error, a figure that nobody knows and the first days of a year do not.
    coalesce(level, 1) > 0 and not (is_early and is_not_due and not_due is null) as is_judged,
    row_number() over (partition by unit, subject, subject_key, level, level_island order by period_no) as periods_in_colour
from (
    select
        *,
        period_no - row_number() over (partition by unit, subject, subject_key, level order by period_no) as level_island
    from lit
) as lit
