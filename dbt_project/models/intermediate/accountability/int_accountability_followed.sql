-- Everything that units are held to account for, each with its number, its rule, its figures and what people made of it.
with

setting as (select as_of from {{ ref('stg_site__setting') }}),

-- What people made of lists and problems; that of notices is in int_notice_followed.
action as (
    select
        number,
        action,
        due,
        decided_by,
        why,
        evidence,
        decided_at,
        row_number() over (partition by number order by decided_at desc nulls last, ruling desc nulls last) as place,
        max(due) over (partition by number) as last_due,
        min(case when action = 'released' then decided_by end) over (partition by number) as released_by
    from {{ ref('stg_standards__answer') }}
    -- A confirmed finding is no step of a problem's way to its end.
    where action <> 'confirmed'
),

noticed as (select * from {{ ref('int_notice_followed') }}),

condition as (
    select max(case key when 'red_top' then value end) as red_top, max(case key when 'exempt_rate' then value end) as exempt_rate
    from {{ ref('stg_standards__list_condition') }}
),

-- The months of a period that has places: a quarter is judged by all its notices, and by the lights with which it ended.
month as (
    select period, part, is_last from {{ ref('int_period_part') }} where part_grain = 'month'
    union all
    select period, period as part, true as is_last from {{ ref('int_period_dated') }} where grain = 'month'
),

total as (
    select
        ranking.*,
        period.period_year,
        period.grain,
        max(ranking.rank_no) over (partition by ranking.scheme, ranking.version, ranking.period, ranking.unit_group) as last_rank,
        exists(
            select 1 from {{ ref('int_notice_proposed') }} as notice
            inner join month on month.part = notice.period
            where notice.grade = 3 and notice.unit = ranking.unit and month.period = ranking.period
        ) as has_red_notice,
        exists(
            select 1 from {{ ref('int_light_coloured') }} as light
            inner join month on month.part = light.period and month.is_last
            where light.unit = ranking.unit and month.period = ranking.period and light.subject = 'indicator' and light.signed_gap < 0
        ) as is_below_time,
        exists(
            select 1 from {{ ref('int_notice_proposed') }} as notice
            inner join month on month.part = notice.period
            where notice.rule = 'missing' and notice.unit = ranking.unit and month.period = ranking.period
        ) as is_missing,
        fit.verdict as fitness_verdict,
        wrong.value as open_errors
    from {{ ref('int_ranking_graded') }} as ranking
    inner join {{ ref('int_period_dated') }} as period on period.period = ranking.period
    left join {{ ref('int_fitness_verdict') }} as fit on fit.unit = ranking.unit and fit.form = '*' and fit.period = ranking.period
    left join {{ ref('int_fitness_figure') }} as wrong
        on wrong.unit = ranking.unit and wrong.form = '*' and wrong.period = ranking.period and wrong.dimension = 'open_errors'
    where ranking.ranked_by = 'score' and ranking.node = '总分'
),

listed as (
    select
        '红榜' as prefix, cast(null as varchar) as own_number, 'red_list' as kind, total.period, total.unit,
        total.scheme as subject_key,
        '季度评比前列' as subject_name, 'top_of_group' as rule,
        '第' || rank_no || '名，' || {{ plain('score') }} || '分；没有未改正的错误，没有红色督办单，数据可用' as figures,
        cast(null as date) as own_due, cast(null as varchar) as own_state
    from total cross join condition
    where grain = 'quarter' and rank_no <= red_top and open_errors = 0 and fitness_verdict = 'fit' and not has_red_notice
    union all
    select '黑榜', null, 'black_list', total.period, total.unit, total.scheme, '季度评比末位', 'last_of_group',
        concat_ws('；', '第' || rank_no || '名（末位），' || {{ plain('score') }} || '分', case when is_below_time then '落后时序进度' end,
            case when is_missing then '有报表未报' end),
        cast(null as date), null
    from total
    -- Who is last for want of a report has no light to be behind by: not reporting is no way off the list.
    where grain = 'quarter' and rank_no = last_rank and ranked_units > 1 and (is_below_time or is_missing)
    union all
    select '黑榜', null, 'black_list', period, unit, scheme, '连续两年末位', 'last_two_years',
        (period_year - 1) || '年、' || period_year || '年均为末位', cast(null as date), null
    from (
        select
            *, rank_no = last_rank and ranked_units > 1 as is_last,
            lag(rank_no = last_rank and ranked_units > 1) over same as was_last, lag(period_year) over same as year_before
        from total where grain = 'year'
        window same as (partition by scheme, unit_group, unit order by period_year)
    ) as total
    where is_last and was_last and year_before = period_year - 1
    union all
    select
        '黑榜', '黑榜' || substring(number, 3), 'black_list', period, unit, number, '红色督办单逾期：' || subject_name, 'red_notice_past_due',
        number || ' 应于' || due || '前办结，逾期' || coalesce(days_over || '个工作日', '') || '未办结：' || figures, cast(null as date), null
    from noticed where kind = 'red_notice' and is_past_due
    union all
    select
        '负面', '负面' || substring(number, 3), 'negative_list', period, unit, number, '督办单逾期或反复：' || subject_name,
        'notice_unanswered',
        number || case
            when reopened >= 2 then ' 两次办结又重开' else ' 应于' || due || '前答复，逾期未答复'
        end || '：' || figures, cast(null as date), null
    from noticed where is_past_due or reopened >= 2
    union all
    select '免试', null, 'exempt_list', figure.period, figure.member, 'targets', '年度目标全部达到', 'targets_reached',
        count(*) || '项目标全部达到，最低' || {{ plain('min(figure.value)') }} || '%', cast(null as date), null
    from {{ ref('int_indicator_named') }} as figure
    inner join {{ ref('int_period_dated') }} as period on period.period = figure.period and period.month_no = 12
    cross join condition
    cross join {{ ref('stg_site__setting') }} as chosen
    -- The valid target, and of funds that arrived the figure that the county sets against it (target_actual).
    where figure.grain = 'unit' and figure.indicator = 'target_rate'
        and figure.basis not like '%\_' || case chosen.target_actual when 'reported' then 'recognised' else 'reported' end escape '\'
    group by figure.period, figure.member, condition.exempt_rate
    having min(coalesce(figure.value, 0)) >= condition.exempt_rate
    union all
    select '整改', problem.problem_number, 'rectification', problem.period,
        coalesce(problem.responsible_unit_code, problem.unit), problem.problem_no, problem.problem_text, 'problem',
        concat_ws('；', problem.source, {{ plain('problem.amount') }} || '万元', '时限' || problem.due_date, problem.status,
            case when problem.is_rebound then '反弹' end, '佐证：' || problem.evidence),
        problem.due_date,
        case when problem.is_closed then 'to_verify' when problem.is_overdue_open then 'overdue' else 'in_hand' end
    from (
        select *, row_number() over (partition by unit, problem_no order by period desc nulls last, line_id) as place
        from {{ ref('int_rectification_line') }}
    ) as problem
    where problem.place = 1
),

numbered as (
    select
        coalesce(listed.own_number, listed.prefix || '〔' || dated.period_year || '〕' || coalesce(nullif(dated.within_year, '') || '-', '')
            || listed.unit || '-' || substring(md5(concat_ws('|', listed.rule, listed.subject_key)), 1, 6)) as number,
        listed.*
    from listed
    inner join {{ ref('int_period_dated') }} as dated on dated.period = listed.period
)

select
    number, kind, period, unit, subject, subject_key, subject_name, rule, figures, state, due, is_past_due,
    since_period, periods_running, spells, worst_kind, is_escalated, reply_days, due_history, evidence, replied_by, released_by,
    released_on, decided_by, why, decided_at
from noticed

union all

select
    numbered.number,
    numbered.kind,
    numbered.period,
    numbered.unit,
    null as subject,
    numbered.subject_key,
    numbered.subject_name,
    numbered.rule,
    numbered.figures,
    coalesce(action.action, numbered.own_state, 'proposed') as state,
    coalesce(action.last_due, numbered.own_due) as due,
    coalesce(
        coalesce(action.last_due, numbered.own_due) < setting.as_of
        and coalesce(action.action, numbered.own_state, 'proposed') not in ('accepted', 'closed', 'refused', 'to_verify'), false
    ) as is_past_due,
    null as since_period, null as periods_running, null as spells, null as worst_kind, null as is_escalated, null as reply_days,
    null as due_history,
    action.evidence, null as replied_by,
    action.released_by,
    null as released_on,
    action.decided_by,
    action.why,
    action.decided_at
from numbered
cross join setting
left join action on action.number = numbered.number and action.place = 1
