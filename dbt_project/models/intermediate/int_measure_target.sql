-- Targets valid now, and what of them each month has reached (indicators.md 17).
with

target as (
    select
        cast(year as {{ dbt.type_string() }}) as target_year,
        target_unit_code as unit,
        indicator,
        target_amount,
        canonical_unit
    from {{ ref('int_target_line') }}
    where is_current and target_unit_code is not null and target_amount is not null
),

actual as (
    select * from {{ ref('int_measure_key_project') }}
    union all
    select * from {{ ref('int_measure_investment') }}
)

select
    'annual_target' as form,
    target_year as period,
    unit,
    'target_' || indicator as measure,
    target_amount as value,
    canonical_unit as uom
from target

union all

select
    'annual_target' as form,
    actual.period,
    target.unit,
    'target_rate_' || target.indicator || coalesce(basis.suffix, '') as measure,
    {{ percent('actual.value', 'target.target_amount') }} as value,
    '%' as uom
from target
inner join {{ ref('target_indicator') }} as basis on basis.indicator = target.indicator
inner join actual
    on
        actual.form = basis.form
        and actual.measure = basis.measure
        and actual.unit = target.unit
        and substring(actual.period, 1, 4) = target.target_year
