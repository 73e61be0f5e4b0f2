-- Every single reason for which rules would hold a unit to a matter (cadence.md 3), with the figures that raised it. A matter is
-- a project, an indicator, the reports of a period, or an error that came again; it may have several reasons in a period.
with

condition as (
    select
        max(case key when 'green_periods' then value end) as green_periods,
        max(case key when 'yellow_periods' then value end) as yellow_periods
    from {{ ref('stg_standards__list_condition') }}
),

-- How many months running a subject is behind though its colour is the best: islands of months without a gap.
light as (
    select
        behind.*,
        condition.green_periods,
        condition.yellow_periods,
        row_number() over (
            partition by unit, subject, subject_key, is_behind, behind_island order by period_no
        ) as behind_periods
    from (
        select
            *,
            level = 1 and gap_pp < 0 as is_behind,
            period_no - row_number() over (partition by unit, subject, subject_key, level = 1 and gap_pp < 0 order by period_no)
                as behind_island
        from {{ ref('int_light_coloured') }}
        where level > 0
    ) as behind
    cross join condition
),

told as (
    select
        *,
        concat_ws(
            '，',
            case when subject = 'project' then '年度计划' || {{ plain('whole') }} || '万元，累计完成' || {{ plain('part') }} || '万元' end,
            '完成率' || {{ plain('rate') }} || '%，时序' || {{ plain('time_progress') }} || '%，'
            || {{ ahead_or_behind('gap_pp') }} || '，颜色为' || colour
        ) as progress
    from light
),

-- The same error at the same place of the same record, in several versions of one part of a unit and still in the last.
again as (
    select submission.unit, submission.form, submission.period, issue.rule, count(distinct submission.version) as times
    from {{ ref('stg_landed__issue') }} as issue
    inner join (
        select
            *, version = max(version) over (partition by unit, sub_unit, form, period) as is_last
        from {{ ref('stg_landed__submission') }}
        where is_placed and not is_echo and withdrawal is null and not coalesce(is_misplaced, false)
    ) as submission on submission.submission_id = issue.submission_id
    left join {{ ref('int_line_with_disposition') }} as line on line.line_id = issue.line_id
    where issue.severity = 'error' and coalesce(issue.state, 'open') <> 'suspended'
    group by submission.unit, submission.sub_unit, submission.form, submission.period, issue.rule, line.business_key, issue.column_name
    having count(distinct submission.version) >= 2 and bool_or(submission.is_last)
),

error_again as (
    select unit, form, period, rule, max(times) as times from again group by unit, form, period, rule
),

slot as (
    select
        slot.*,
        sum(case when slot.status = 'late' then 1 else 0 end) over (
            partition by slot.unit, period.period_year, cast(floor((period.last_month - 1) / 3) as integer)
            order by slot.period, slot.form rows between unbounded preceding and current row
        ) as late_in_quarter
    from {{ ref('int_slot_with_status') }} as slot
    inner join {{ ref('int_period_dated') }} as period on period.period = slot.period
    where slot.is_owed
),

raised as (
    select
        unit, period, subject, subject_key, subject_name, line_id, case when behind_periods >= green_periods then 2 else 1 end as grade,
        case when behind_periods >= green_periods then 'behind_long' else 'behind_twice' end as rule,
        progress || '，连续' || behind_periods || '期落后时序' as figures, subject_key as about
    from told where is_behind and behind_periods >= 2
    union all
    select
        unit, period, subject, subject_key, subject_name, line_id, case when periods_in_colour >= yellow_periods then 3 else 2 end,
        case when periods_in_colour >= yellow_periods then 'middle_twice' else 'light_middle' end,
        progress || case when periods_in_colour >= yellow_periods then '，连续' || periods_in_colour || '期' else '' end, subject_key
    from told where level = 2 and not is_start_missed
    union all
    select
        unit, period, subject, subject_key, subject_name, line_id, case when start_missed_periods >= due_start_red then 3 else 2 end,
        case when start_missed_periods >= due_start_red then 'start_missed_long' else 'start_missed' end,
        '到期未开工，连续' || start_missed_periods || '期', subject_key
    from told where is_start_missed and level is not null
    union all
    select
        unit, period, subject, subject_key, subject_name, line_id, 3, 'light_worst',
        concat_ws('，', case when stage = '停工' then '已停工' end, progress), subject_key
    from told where level = 3 and start_missed_periods < due_start_red
    union all
    select
        slot.unit, slot.period, 'slot', slot.period, form.name, null,
        case when slot.status = 'missing' then 3 when slot.late_in_quarter >= 2 then 2 else 1 end, slot.status,
        form.name || '：应于' || slot.deadline || '前报送，' || case
            when slot.status = 'missing' then '未报'
            else cast(cast(slot.first_received_at as date) as varchar) || '收到，本季第' || slot.late_in_quarter || '次迟报'
        end, slot.form
    from slot
    inner join {{ ref('stg_standards__form') }} as form on form.form = slot.form
    where slot.status in ('late', 'missing')
    union all
    select
        again.unit, again.period, 'error', again.form || '.' || again.rule, form.name || '：' || again.rule || ' ' || known.name, null, 3,
        'error_again', '同一处错误在' || again.times || '个版本中出现，最后一版仍未改正', again.form || '.' || again.rule
    from error_again as again
    inner join {{ ref('stg_standards__form') }} as form on form.form = again.form
    inner join {{ ref('stg_standards__rule') }} as known on known.rule = again.rule
)

select
    raised.*,
    -- How this reason was numbered when each had a number of its own every month: what people wrote then still finds its matter.
    case raised.grade when 1 then '绿督' when 2 then '黄督' else '红督' end
    || '〔' || dated.period_year || '〕' || dated.within_year || '-' || raised.unit || '-'
    || substring(md5(concat_ws('|', raised.rule, raised.about)), 1, 6) as former_number
from raised
inner join {{ ref('int_period_dated') }} as dated on dated.period = raised.period
where raised.unit is not null
