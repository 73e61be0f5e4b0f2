-- Supervision notices that rules propose (cadence.md 3): green, yellow and red, with the figures that raised each.
with

light as (select *, level = 2 and periods_in_colour >= 2 as is_yellow_again from {{ ref('int_light_coloured') }}),

-- The same error at the same place of the same record, in several versions of one part of a unit.
again as (
    select submission.unit, submission.form, submission.period, issue.rule, count(distinct submission.version) as times
    from {{ ref('stg_landed__issue') }} as issue
    inner join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = issue.submission_id
    left join {{ ref('int_line_with_disposition') }} as line on line.line_id = issue.line_id
    where issue.severity = 'error' and submission.is_placed and not submission.is_echo and submission.withdrawal is null
        and not coalesce(submission.is_misplaced, false)
    group by submission.unit, submission.sub_unit, submission.form, submission.period, issue.rule, line.business_key, issue.column_name
    having count(distinct submission.version) >= 2
),

error_again as (
    select unit, form, period, rule, max(times) as times from again group by unit, form, period, rule
),

slot as (
    select
        slot.*,
        period.period_year,
        sum(case when slot.status = 'late' then 1 else 0 end) over (
            partition by slot.unit, period.period_year, cast(floor((period.last_month - 1) / 3) as integer)
            order by slot.period, slot.form rows between unbounded preceding and current row
        ) as late_in_quarter
    from {{ ref('int_slot_with_status') }} as slot
    inner join {{ ref('int_period_dated') }} as period on period.period = slot.period
    where slot.is_owed
),

raised as (
    select unit, period, subject_key, subject_name, 'green' as kind, 'behind_twice' as rule,
        '颜色为' || colour || '，但连续两期落后时序，本期' || {{ ahead_or_behind('gap_pp') }} as figures
    from (
        select *, lag(gap_pp) over same as last_gap, lag(month_index) over same as last_index, lag(level) over same as last_level
        from light
        window same as (partition by unit, subject, subject_key order by month_index)
    ) as light
    where level = 1 and last_level = 1 and gap_pp < 0 and last_gap < 0 and last_index = month_index - 1
    union all
    select unit, period, subject_key, subject_name, 'yellow', 'light_middle',
        '颜色为' || colour || coalesce('，为时序的' || {{ plain('quotient') }} || '%', '')
    from light where level = 2 and not is_yellow_again and not is_start_missed
    union all
    select unit, period, subject_key, subject_name, 'yellow', 'start_missed', '到期未开工，连续' || start_missed_periods || '期'
    from light where is_start_missed and start_missed_periods < due_start_red and not is_pending and level is not null
    union all
    select unit, period, subject_key, subject_name, 'red', 'light_worst',
        '颜色为' || colour || coalesce('，为时序的' || {{ plain('quotient') }} || '%', '')
    from light where level = 3 and start_missed_periods < due_start_red
    union all
    select unit, period, subject_key, subject_name, 'red', 'middle_twice', '连续' || periods_in_colour || '期为' || colour
    from light where is_yellow_again and not is_start_missed
    union all
    select unit, period, subject_key, subject_name, 'red', 'start_missed_long', '到期未开工，连续' || start_missed_periods || '期'
    from light where start_missed_periods >= due_start_red and level is not null
    union all
    select unit, period, form, form, case when late_in_quarter >= 2 then 'yellow' else 'green' end, 'late',
        '应于' || deadline || '前报送，' || cast(cast(first_received_at as date) as varchar) || '收到；本季第' || late_in_quarter || '次'
    from slot where status = 'late'
    union all
    select unit, period, form, form, 'red', 'missing', '应于' || deadline || '前报送，未报'
    from slot where status = 'missing'
    union all
    select unit, period, form || '.' || rule, form, 'red', 'error_again', '错误' || rule || '在' || times || '个版本中出现'
    from error_again
)

select
    case kind when 'green' then '绿督' when 'yellow' then '黄督' else '红督' end
    || '〔' || substring(period, 1, 4) || '〕' || substring(period, 6) || '-' || unit || '-'
    || substring(md5(concat_ws('|', rule, subject_key)), 1, 6) as number,
    raised.*
from raised
where unit is not null
