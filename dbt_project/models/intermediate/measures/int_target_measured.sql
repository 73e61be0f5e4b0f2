-- Targets, and in every month of their year what is set against the figures of their unit: the valid one, the first one and
-- the stretch (indicators.md 17).
with target as (
    select
        line_id,
        submission_id,
        year as target_year,
        target_unit_code as unit,
        indicator,
        canonical_unit,
        case when is_current then target_amount end as valid_amount,
        case when target_version = 1 then target_amount end as first_amount,
        case when is_current then stretch_amount end as stretch_amount
    from {{ ref('int_target_version') }}
    where target_unit_code is not null and target_amount is not null
)

select
    line_id,
    submission_id,
    'annual_target' as form,
    cast(target_year as varchar) as period,
    unit,
    indicator as basis,
    canonical_unit as uom,
    valid_amount as target,
    first_amount as target_first,
    stretch_amount as target_stretch,
    null as target_rate__over,
    null as target_rate_first__over,
    null as target_rate_stretch__over
from target

union all

select
    target.line_id,
    target.submission_id,
    'annual_target' as form,
    scope.period,
    target.unit,
    target.indicator || coalesce(reached.suffix, '') as basis,
    null as uom,
    null as target,
    null as target_first,
    null as target_stretch,
    target.valid_amount as target_rate__over,
    target.first_amount as target_rate_first__over,
    target.stretch_amount as target_rate_stretch__over
from target
inner join {{ ref('target_indicator') }} as reached on reached.indicator = target.indicator
inner join {{ ref('int_scope_resolved') }} as scope on scope.form = reached.form and scope.unit = target.unit
inner join {{ ref('int_period_dated') }} as dated on dated.period = scope.period and dated.period_year = target.target_year
