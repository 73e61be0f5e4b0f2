-- Targets, and what of them each month has reached: against the valid one, the first one and the stretch
-- (indicators.md 17).
with

target as (
    select *, cast(year as {{ dbt.type_string() }}) as target_year
    from {{ ref('int_target_version') }}
    where target_unit_code is not null and target_amount is not null
),

actual as (
    select form, period, unit, indicator, columns, contribution, line_id, submission_id
    from {{ ref('int_contribution_key_project') }}
    where role = 'numerator' and basis = '' and counts_at <> 'county'
    union all
    select form, period, unit, indicator, columns, contribution, line_id, submission_id
    from {{ ref('int_contribution_investment') }}
    where role = 'numerator' and basis = '' and counts_at <> 'county'
)

{% for against, column, amount, only in [
    ('', 'target_value', 'target_amount', 'target.is_current'),
    ('_first', 'target_value', 'target_amount', 'target.target_version = 1'),
    ('_stretch', 'stretch_value', 'stretch_amount', 'target.is_current and target.stretch_amount is not null'),
] -%}
{% if not loop.first %}union all {% endif %}
select
    'annual_target' as form, target.target_year as period, target.target_unit_code as unit, 'unit' as counts_at,
    'target{{ against }}' as indicator, target.indicator as basis, 'numerator' as role, '{{ column }}' as columns,
    target.{{ amount }} as contribution, target.line_id, target.submission_id, target.canonical_unit as uom
from target
where {{ only }}

union all

select
    'annual_target' as form, actual.period, target.target_unit_code as unit, 'unit' as counts_at,
    'target_rate{{ against }}' as indicator, target.indicator || coalesce(basis.suffix, '') as basis, 'numerator' as role,
    actual.columns, actual.contribution, actual.line_id, actual.submission_id, '%' as uom
from target
inner join {{ ref('target_indicator') }} as basis on basis.indicator = target.indicator
inner join actual
    on
        actual.form = basis.form
        and actual.indicator = basis.measure
        and actual.unit = target.target_unit_code
        and substring(actual.period, 1, 4) = target.target_year
where {{ only }}

union all

select
    'annual_target' as form, scope.period, target.target_unit_code as unit, 'unit' as counts_at,
    'target_rate{{ against }}' as indicator, target.indicator || coalesce(basis.suffix, '') as basis, 'denominator' as role,
    '{{ column }}' as columns, target.{{ amount }} as contribution, target.line_id, target.submission_id, '%' as uom
from target
inner join {{ ref('target_indicator') }} as basis on basis.indicator = target.indicator
inner join {{ ref('int_scope_resolved') }} as scope
    on
        scope.form = basis.form
        and scope.unit = target.target_unit_code
        and substring(scope.period, 1, 4) = target.target_year
where {{ only }}
{% endfor %}
