select
    period,
    unit,
    form,
    dimension,
    dimension_name,
    cast(place as integer) as place,
    numerator,
    denominator,
    value,
    uom,
    better,
    fit_at,
    reserved_at,
    verdict
from {{ ref('int_fitness_figure') }}
