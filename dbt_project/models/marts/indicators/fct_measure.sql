select
    form,
    period,
    unit,
    measure,
    value,
    value_without_estimates,
    estimated_pct,
    is_open,
    value_low,
    value_high,
    uom,
    is_partial,
    missing_units
from {{ ref('int_unit_measure') }}
