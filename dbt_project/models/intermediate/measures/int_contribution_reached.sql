-- What of a target every line has reached, month by month: against the valid one, the first one and the stretch
-- (indicators.md 17).
with

actual as (
    select * from {{ ref('int_contribution_measured') }}
    where role = 'numerator' and basis = '' and counts_at <> 'county'
),

-- The versions of a target that a figure is set against.
version as (
    select *, 'target_rate' as rate from {{ ref('int_target_version') }} where is_current
    union all
    select *, 'target_rate_first' as rate from {{ ref('int_target_version') }} where target_version = 1
    union all
    select *, 'target_rate_stretch' as rate from {{ ref('int_target_version') }} where is_current and stretch_amount is not null
)

select
    'annual_target' as form,
    actual.period,
    version.target_unit_code as unit,
    'unit' as counts_at,
    version.rate as indicator,
    version.indicator || coalesce(reached.suffix, '') as basis,
    'numerator' as role,
    actual.columns,
    actual.contribution,
    actual.line_id,
    actual.submission_id,
    actual.is_held,
    actual.is_told,
    actual.is_by_share
from version
inner join {{ ref('target_indicator') }} as reached on reached.indicator = version.indicator
inner join actual
    on
        actual.form = reached.form
        and actual.indicator = reached.measure
        and actual.unit = version.target_unit_code
inner join {{ ref('int_period_dated') }} as dated on dated.period = actual.period and dated.period_year = version.year
where version.target_amount is not null
