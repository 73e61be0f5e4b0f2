-- Every matter as it stands on the night: since when, how grave, what people made of it, until when it must be answered.
with

setting as (select as_of from {{ ref('stg_site__setting') }}),

condition as (
    select
        max(case key when 'overdue_days' then value end) as overdue_days,
        max(case key when 'reply_green' then value end) as reply_green,
        max(case key when 'reply_yellow' then value end) as reply_yellow,
        max(case key when 'reply_red' then value end) as reply_red
    from {{ ref('stg_standards__list_condition') }}
),

-- A matter by its last period; what it was in earlier spells of the year is counted.
matter as (
    select
        last.*,
        whole.worst_grade,
        whole.spells,
        period.period_end
    from (
        select *, row_number() over (partition by number order by period desc nulls last) as place from {{ ref('int_notice_proposed') }}
    ) as last
    inner join (
        select number, max(grade) as worst_grade, count(distinct spell) as spells from {{ ref('int_notice_proposed') }} group by number
    ) as whole on whole.number = last.number
    inner join {{ ref('int_period_dated') }} as period on period.period = last.period
    where last.place = 1
),

-- What was written to a number of the kind that every reason once had in every month holds for its matter.
former as (
    select reason.former_number, min(proposed.number) as number
    from {{ ref('int_notice_reason') }} as reason
    inner join {{ ref('int_notice_proposed') }} as proposed
        on proposed.unit = reason.unit and proposed.period = reason.period and proposed.subject = reason.subject
            and proposed.subject_key = reason.subject_key
    group by reason.former_number
),

answered as (
    select
        coalesce(former.number, answer.number) as number,
        answer.action, answer.due, answer.decided_by, answer.why, answer.evidence, answer.decided_at, answer.ruling
    from {{ ref('stg_standards__answer') }} as answer
    left join former on former.former_number = answer.number
    where answer.action <> 'confirmed'
),

said as (
    select
        number,
        {{ latest('action', ['decided_at', 'ruling']) }} as action,
        {{ latest('decided_by', ['decided_at', 'ruling']) }} as decided_by,
        {{ latest('why', ['decided_at', 'ruling']) }} as why,
        max(decided_at) as decided_at,
        {{ latest('due', ['decided_at', 'ruling']) }} as given_due,
        string_agg(due || '（' || decided_by || '，' || cast(decided_at as date) || '，' || why || '）', '；' order by decided_at, ruling)
        filter (where due is not null) as due_history,
        {{ latest('evidence', ['decided_at', 'ruling']) }} as evidence,
        {{ latest('decided_by', ['decided_at', 'ruling'], "action = 'replied'") }} as replied_by,
        {{ earliest('decided_by', ['decided_at', 'ruling'], "action = 'released'") }} as released_by,
        min(decided_at) filter (where action = 'released') as released_at,
        sum(case when action = 'reopened' then 1 else 0 end) as reopened
    from answered
    group by number
),

-- So many working days after it was issued, by the colour, where no day was set.
dated as (
    select
        matter.*,
        said.action, said.decided_by, said.why, said.decided_at, said.evidence, said.replied_by, said.released_by,
        cast(said.released_at as date) as released_on, said.due_history,
        coalesce(said.reopened, 0) as reopened,
        cast(case matter.grade when 1 then condition.reply_green when 2 then condition.reply_yellow else condition.reply_red end
            as integer) as reply_days,
        condition.overdue_days,
        matter.last_judged <= matter.period as is_lasting,
        said.given_due
    from matter
    cross join condition
    left join said on said.number = matter.number
),

due as (
    select dated.number, min(until.day) as due
    from dated
    inner join {{ ref('stg_site__workday') }} as begun on begun.day = dated.released_on
    inner join {{ ref('stg_site__workday') }} as until
        on until.stretch = begun.stretch and until.day > begun.day and until.counted = begun.counted + dated.reply_days
    group by dated.number
),

stated as (
    select
        dated.*,
        coalesce(dated.given_due, due.due) as due,
        case
            -- What was closed or let go is taken up again when a later period shows it again.
            when dated.action = 'closed' and not (dated.is_lasting and dated.period_end > dated.decided_at) then 'closed'
            when dated.action = 'closed' then 'reopened'
            when dated.action = 'refused' and not (dated.is_lasting and dated.period_end > dated.decided_at) then 'refused'
            when dated.action = 'refused' then 'proposed'
            when not dated.is_lasting and dated.released_by is null and dated.action is null then 'recovered'
            when not dated.is_lasting then 'to_verify'
            else coalesce(dated.action, 'proposed')
        end as state
    from dated
    left join due on due.number = dated.number
),

late as (
    select
        stated.*,
        coalesce(
            stated.due < setting.as_of and stated.released_by is not null
            and stated.state in ('released', 'reopened'), false
        ) as is_past_due,
        today.counted - last.counted as days_over
    from stated
    cross join setting
    left join {{ ref('stg_site__workday') }} as today on today.day = setting.as_of
    left join {{ ref('stg_site__workday') }} as last on last.day = stated.due and last.stretch = today.stretch
),

-- Open long past its day: graver by one.
escalated as (
    select *, least(3, grade + case when is_past_due and days_over >= overdue_days then 1 else 0 end) as grade_now from late
)

select
    escalated.*,
    grade_now > grade as is_escalated,
    case grade_now when 1 then 'green_notice' when 2 then 'yellow_notice' else 'red_notice' end as kind,
    case greatest(worst_grade, grade_now) when 1 then 'green_notice' when 2 then 'yellow_notice' else 'red_notice' end as worst_kind
from escalated
