with measure as (
    {% for part in ['rows', 'key_project', 'investment', 'evaluation', 'target', 'budget', 'approval',
                    'rectification', 'slot'] -%}
    {% if not loop.first %}union all {% endif -%}
    -- What came in is known for certain; only the sums of what came in may lack a unit.
    select form, period, unit, measure, value, uom, {{ 'false' if part == 'slot' else 'true' }} as may_lack_units
    from {{ ref('int_measure_' ~ part) }}
    {% endfor %}
)

select
    measure.form,
    measure.period,
    measure.unit,
    measure.measure,
    cast(measure.value as decimal(20, 6)) as value,
    measure.uom,
    coalesce(scope.is_partial, false) as is_partial,
    scope.missing_units
from measure
left join {{ ref('int_scope') }} as scope
    on
        scope.form = measure.form
        and scope.period = measure.period
        and scope.unit = measure.unit
        and measure.may_lack_units
