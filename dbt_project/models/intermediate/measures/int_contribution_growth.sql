-- Growth on the same months one and two years before, out of the same contributions (indicators.md 20, 21).
with

contribution as (
    select part.*
    from {{ ref('int_contribution_measured') }} as part
    inner join {{ ref('growth_basis') }} as basis on basis.form = part.form and basis.indicator = part.indicator
    where part.role = 'numerator'
),

growth as (
    select 'yoy_growth' as indicator, 1 as years
    union all
    select 'net_increase' as indicator, 1 as years
    union all
    select 'two_year_avg_growth' as indicator, 2 as years
)

select
    part.form, part.period, part.unit, part.counts_at, growth.indicator, part.indicator as basis, 'numerator' as role,
    part.columns, part.contribution, part.line_id, part.submission_id, part.is_held, part.is_told, part.is_by_share
from contribution as part
cross join growth

union all

select
    part.form, later.period, part.unit, part.counts_at, growth.indicator,
    part.indicator as basis, 'denominator' as role, part.columns, part.contribution, part.line_id, part.submission_id,
    part.is_held, part.is_told, part.is_by_share
from contribution as part
cross join growth
-- Only what is owed or was reported has a growth: no figure speaks of a period to come.
inner join {{ ref('int_period_dated') }} as later
    on case growth.years when 1 then later.year_before else later.two_years_before end = part.period
