-- What entered figures of earlier years add to the figures of growth: nothing but a base.
with growth as (
    select 'yoy_growth' as indicator, 1 as years
    union all
    select 'net_increase' as indicator, 1 as years
    union all
    select 'two_year_avg_growth' as indicator, 2 as years
)

select
    base.form, later.period, nullif(base.unit, '*') as unit, base.counts_at, growth.indicator, base.measure as basis,
    'denominator' as role, '' as columns, cast(base.value as decimal(20, 6)) as contribution, base.ruling as entry
from {{ ref('int_base_figure') }} as base
cross join growth
inner join {{ ref('int_period_dated') }} as later
    on case growth.years when 1 then later.year_before else later.two_years_before end = base.period
where base.is_used
