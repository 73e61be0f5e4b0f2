-- The county's own figures beside those of other counties that somebody entered: place, distance and growth, worked out from
-- what was entered and never mixed with it. Places go by two decimals as everywhere (indicators.md 41).
with

told as (
    select * from {{ ref('stg_standards__neighbour') }}
),

asked as (
    select form, measure, period from told group by form, measure, period
),

own as (
    select form, measure, period, value from {{ ref('int_unit_measure') }} where unit = '*'
    union all
    select form, measure, period, value from {{ ref('int_base_figure') }} where unit = '*' and is_used
),

shown as (
    select county, form, measure, period, value from told where county <> '*'
    union all
    select '*' as county, asked.form, asked.measure, asked.period, own.value
    from asked
    left join own on own.form = asked.form and own.measure = asked.measure and own.period = asked.period
    left join told
        on told.county = '*' and told.form = asked.form and told.measure = asked.measure and told.period = asked.period
    where own.value is not null or told.ruling is not null
),

series as (
    select county, form, measure, period, value from told where county <> '*'
    union all
    select '*' as county, form, measure, period, value from own
),

grown as (
    select
        shown.*,
        coalesce(described.polarity, '+') as polarity,
        described.uom,
        earlier.value as value_before,
        case when earlier.value > 0 then {{ percent('shown.value - earlier.value', 'earlier.value') }} end as growth_pct
    from shown
    left join {{ ref('int_period_dated') }} as period on period.period = shown.period
    left join series as earlier
        on
            earlier.county = shown.county
            and earlier.form = shown.form
            and earlier.measure = shown.measure
            and earlier.period = period.year_before
    left join {{ ref('int_measure_described') }} as described
        on described.form = shown.form and described.measure = shown.measure
),

placed as (
    select
        *,
        count(value) over compared as counties,
        sum(value) over compared as total,
        case polarity when '-' then min(value) over compared else max(value) over compared end as best_value,
        case when value is not null then rank() over (
            partition by form, measure, period
            order by case polarity when '-' then round(value, 2) else -round(value, 2) end nulls last
        ) end as rank_no,
        case when value is not null then count(*) over (partition by form, measure, period, round(value, 2)) > 1 end as is_tied,
        case when growth_pct is not null then rank() over (
            partition by form, measure, period
            order by case polarity when '-' then round(growth_pct, 2) else -round(growth_pct, 2) end nulls last
        ) end as growth_rank_no
    from grown
    window compared as (partition by form, measure, period)
),

averaged as (
    select *, {{ quotient('total', 'counties') }} as average_value from placed
)

select
    averaged.*,
    averaged.value - averaged.best_value as gap_to_best,
    averaged.value - averaged.average_value as gap_to_average,
    told.ruling,
    told.value as entered_value,
    coalesce(averaged.uom, told.uom) as told_uom,
    told.upper_rank,
    told.document,
    told.decided_by,
    told.decided_at
from averaged
left join told
    on
        told.county = averaged.county
        and told.form = averaged.form
        and told.measure = averaged.measure
        and told.period = averaged.period
