-- The matters that rules would hold units to: one row a matter and period, under the number that it keeps while it lasts.
-- A spell begins with the first period in which a matter is raised and ends with one that says it is in line again; a period
-- that says nothing ends none. The number names the year in which the spell began, and what the matter is about, and nothing
-- that a later file could move: a matter that comes back within the year comes back under its number.
with

dated as (select period, grain, period_no, period_year from {{ ref('int_period_dated') }}),

proposed as (
    select
        reason.unit, reason.period, reason.subject, reason.subject_key, dated.grain, dated.period_no, dated.period_year,
        max(reason.grade) as grade,
        string_agg(distinct reason.subject_name, '、' order by reason.subject_name) as subject_name,
        string_agg(reason.figures, '；' order by reason.grade desc nulls last, reason.rule, reason.figures) as figures,
        max(reason.line_id) as line_id
    from {{ ref('int_notice_reason') }} as reason
    inner join dated on dated.period = reason.period
    group by reason.unit, reason.period, reason.subject, reason.subject_key, dated.grain, dated.period_no, dated.period_year
),

gravest as (
    select unit, period, subject, subject_key, min(rule) as rule
    from {{ ref('int_notice_reason') }} as reason
    where grade = (
        select max(other.grade) from {{ ref('int_notice_reason') }} as other
        where other.unit = reason.unit and other.period = reason.period and other.subject = reason.subject
            and other.subject_key = reason.subject_key
    )
    group by unit, period, subject, subject_key
),

-- Periods that say whether a matter stands.
judged as (
    select distinct unit, period, subject, subject_key from {{ ref('int_light_coloured') }} where is_judged
    union
    select unit, period, subject, subject_key from proposed
    union
    -- An error that came again is in line in a later period that was sent without it.
    select proposed.unit, submission.period, proposed.subject, proposed.subject_key
    from proposed
    inner join {{ ref('stg_landed__submission') }} as submission
        on submission.unit = proposed.unit and submission.is_placed and not submission.is_echo
            and submission.form = {{ dbt.split_part('proposed.subject_key', "'.'", 1) }}
    where proposed.subject = 'error'
    union
    -- What came late is over with the next period of which all came in time.
    select proposed.unit, later.period, proposed.subject, proposed.subject_key
    from proposed
    inner join (
        select slot.unit, slot.period, dated.grain, dated.period_no
        from {{ ref('int_slot_with_status') }} as slot
        inner join dated on dated.period = slot.period
        where slot.is_owed
        group by slot.unit, slot.period, dated.grain, dated.period_no having bool_and(slot.status = 'on_time')
    ) as later on later.unit = proposed.unit and later.grain = proposed.grain and later.period_no > proposed.period_no
    -- What is missing stays so until it comes.
    where proposed.subject = 'slot' and proposed.grade < 3
),

spelled as (
    select
        judged.*,
        proposed.grade is not null as is_raised,
        proposed.period_year,
        sum(case when proposed.grade is null then 1 else 0 end) over same as spell,
        max(judged.period) over (partition by judged.unit, judged.subject, judged.subject_key) as last_judged
    from judged
    left join proposed
        on proposed.unit = judged.unit and proposed.period = judged.period and proposed.subject = judged.subject
            and proposed.subject_key = judged.subject_key
    window same as (partition by judged.unit, judged.subject, judged.subject_key order by judged.period)
),

spell as (
    select
        unit, subject, subject_key, spell, period, period_year, last_judged,
        min(period) over same as since_period,
        min(period_year) over same as since_year,
        row_number() over (partition by unit, subject, subject_key, spell order by period) as periods_running,
        unit || '-' || substring(md5(concat_ws('|', subject, subject_key)), 1, 8) as tail
    from spelled
    where is_raised
    window same as (partition by unit, subject, subject_key, spell)
),

-- A matter that was issued under the number of a later year keeps it, even where a late file shows that it began before.
issued as (
    select spell.tail, spell.spell, min({{ number_in('substring(answer.number, 4, 4)', 'integer') }}) as year
    from spell
    inner join {{ ref('stg_standards__answer') }} as answer
        on answer.number like '督办〔____〕' || spell.tail
            and {{ number_in('substring(answer.number, 4, 4)', 'integer') }} > spell.since_year
            and {{ number_in('substring(answer.number, 4, 4)', 'integer') }} <= spell.period_year
    group by spell.tail, spell.spell
)

select
    '督办〔' || coalesce(issued.year, spell.since_year) || '〕' || spell.tail as number,
    spell.unit,
    spell.period,
    spell.subject,
    spell.subject_key,
    proposed.subject_name,
    proposed.grade,
    gravest.rule,
    proposed.figures,
    proposed.line_id,
    spell.spell,
    spell.since_period,
    cast(spell.periods_running as integer) as periods_running,
    spell.last_judged
from spell
inner join proposed
    on proposed.unit = spell.unit and proposed.period = spell.period and proposed.subject = spell.subject
        and proposed.subject_key = spell.subject_key
inner join gravest
    on gravest.unit = spell.unit and gravest.period = spell.period and gravest.subject = spell.subject
        and gravest.subject_key = spell.subject_key
left join issued on issued.tail = spell.tail and issued.spell = spell.spell
