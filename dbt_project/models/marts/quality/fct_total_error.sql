-- What the open findings leave in doubt of every sum, by unit and for the county.
with

published as (
    select form, period, unit, column_name, sum(amount) as amount
    from {{ ref('int_line_amount') }}
    where disposition = 'published'
    group by form, period, unit, column_name
),

-- Several findings at one figure are one doubt: the greatest.
doubted as (
    select form, period, unit, column_name, max(expected_effect) as expected, max(effect) as effect, count(*) as findings
    from {{ ref('fct_issue_effect') }}
    where effect > 0
    group by form, period, unit, column_name, coalesce(line_id, submission_id)
),

doubts as (
    select
        form, period, unit, column_name,
        sum(expected) as expected, sum(effect) as effect, sum(findings) as findings
    from doubted
    group by form, period, unit, column_name
),

by_unit as (
    select
        coalesce(published.form, doubts.form) as form,
        coalesce(published.period, doubts.period) as period,
        coalesce(published.unit, doubts.unit) as unit,
        coalesce(published.column_name, doubts.column_name) as column_name,
        coalesce(published.amount, 0) as amount,
        coalesce(doubts.findings, 0) as findings,
        coalesce(doubts.effect, 0) as effect,
        coalesce(doubts.expected, 0) as expected
    from published
    full outer join doubts
        on
            doubts.form = published.form and doubts.period = published.period and doubts.unit = published.unit
            and doubts.column_name = published.column_name
),

every_level as (
    select * from by_unit
    union all
    select form, period, '*' as unit, column_name, sum(amount), sum(findings), sum(effect), sum(expected)
    from by_unit
    group by form, period, column_name
)

select
    form,
    period,
    unit,
    column_name,
    cast(amount as decimal(20, 6)) as amount,
    cast(findings as integer) as findings,
    cast(effect as decimal(20, 6)) as effect,
    cast(expected as decimal(20, 6)) as expected_error,
    {{ percent('expected', 'abs(amount)') }} as expected_error_pct
from every_level
