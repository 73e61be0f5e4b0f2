with worst as (
    select
        period,
        unit,
        form,
        max(case verdict when 'not_fit' then 3 when 'fit_with_reservations' then 2 else 1 end) as worst
    from {{ ref('int_fitness_figure') }}
    group by period, unit, form
),

-- A whole waits as long as the last of its parts.
until as (
    select worst.period, coalesce(worst.unit, '*') as unit, coalesce(worst.form, '*') as form, max(day.blocked_until) as blocked_until
    from worst
    inner join {{ ref('int_fitness_day') }} as day
        on day.period = worst.period and day.unit = worst.unit and day.form = worst.form
    where worst.worst = 3
    group by grouping sets (
        (worst.period, worst.unit, worst.form), (worst.period, worst.unit), (worst.period, worst.form), (worst.period)
    )
)

select
    worst.period,
    worst.unit,
    worst.form,
    case worst.worst when 3 then 'not_fit' when 2 then 'fit_with_reservations' else 'fit' end as verdict,
    {{ dbt.listagg(
        "case when figure.verdict <> 'fit' and worst.worst > 1 then " ~ unfit('figure') ~ " end", "'；'",
        "order by case figure.verdict when 'not_fit' then 1 else 2 end, figure.place"
    ) }} as reasons,
    max(until.blocked_until) as blocked_until
from worst
inner join {{ ref('int_fitness_figure') }} as figure
    on figure.period = worst.period and figure.unit = worst.unit and figure.form = worst.form
left join until on until.period = worst.period and until.unit = worst.unit and until.form = worst.form
group by worst.period, worst.unit, worst.form, worst.worst
