-- Problems in force, held back or not, with who must mend them and whether they are closed with evidence (indicators.md 30 to 32).
with

asked as (
    select line_id from {{ ref('stg_landed__issue') }} where rule = 'P47' group by line_id
),

numbered as (
    select
        line.*,
        known.unit as responsible_unit_code,
        -- A problem keeps its number from month to month and from year to year.
        '整改〔' || extract(year from coalesce(min(case when not line.is_held then line.period_end end) over one_problem, line.period_end))
        || '〕'
        || coalesce(known.unit, line.unit) || '-' || substring(md5('problem|' || line.problem_no), 1, 6) as problem_number
    from ({{ lines_in_force('rectification') }}) as line
    left join {{ ref('stg_landed__name') }} as known on known.text = line.responsible_unit
    window one_problem as (partition by line.unit, line.problem_no)
),

-- What people said of a problem: that the finding is the old one again (P47), and since when it is open again.
said as (
    select
        number,
        max(case when action = 'confirmed' then 1 else 0 end) = 1 as is_confirmed,
        min(case when action = 'reopened' then decided_at end) as reopened_at
    from {{ ref('stg_standards__answer') }}
    group by number
)

select
    line.*,
    coalesce(
        line.rebound = '是' or (asked.line_id is not null and said.is_confirmed)
        or cast(said.reopened_at as date) <= line.period_end, false
    ) as is_rebound,
    coalesce(line.closed_date <= line.period_end and line.evidence is not null, false) as is_closed,
    coalesce(line.closed_date is null and line.due_date < line.period_end, false) as is_overdue_open,
    asked.line_id is not null and not coalesce(said.is_confirmed, false) as is_suspected_rebound,
    case when line.closed_date is null then {{ dbt.datediff('line.period_end', 'line.due_date', 'day') }} end as days_to_due,
    case
        when line.closed_date is not null or line.due_date is null then null
        when line.due_date < line.period_end then '超期'
        when {{ dbt.datediff('line.period_end', 'line.due_date', 'day') }} <= 10 then '10天内'
        when {{ dbt.datediff('line.period_end', 'line.due_date', 'day') }} <= 20 then '11-20天'
        else '20天以上'
    end as due_bucket
from numbered as line
left join asked on asked.line_id = line.line_id
left join said on said.number = line.problem_number
