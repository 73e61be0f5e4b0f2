-- One row per figure, with the verdict that its two thresholds give; * stands for all forms of a unit, and for the county.
{% set shares = ['coverage', 'timeliness', 'completeness', 'validity', 'consistency', 'uniqueness', 'plausibility',
                 'recognised', 'estimated'] -%}
{% set counts = ['late', 'open_errors', 'open_warnings', 'unsettled_claims', 'lowered_targets'] -%}
with

figure as (
    {% for name in shares -%}
    select
        unit, form, period, '{{ name }}' as dimension, cast({{ name }} as decimal(20, 6)) as numerator,
        cast({{ name }}_of as decimal(20, 6)) as denominator, {{ percent(name, name ~ '_of') }} as value
    from {{ ref('int_fitness_rolled') }}
    union all
    {% endfor -%}
    {% for name in counts -%}
    {% if not loop.first %}union all{% endif %}
    select
        unit, form, period, '{{ name }}' as dimension, cast({{ name }} as decimal(20, 6)) as numerator,
        cast(null as decimal(20, 6)) as denominator, cast({{ name }} as decimal(20, 6)) as value
    from {{ ref('int_fitness_rolled') }}
    {% endfor %}
),

judged as (
    select
        figure.*,
        case
            when dimension.better = '+' and figure.value >= dimension.fit then 1
            when dimension.better = '-' and figure.value <= dimension.fit then 1
            when dimension.reserved is null then 2
            when dimension.better = '+' and figure.value >= dimension.reserved then 2
            when dimension.better = '-' and figure.value <= dimension.reserved then 2
            else 3
        end as badness
    from figure
    inner join {{ ref('stg_standards__fitness_dimension') }} as dimension on dimension.dimension = figure.dimension
    inner join {{ ref('stg_standards__fitness_scope') }} as scope
        on scope.dimension = figure.dimension and scope.form = figure.form
    where figure.value is not null and figure.period in (select dated.period from {{ ref('int_period_dated') }} as dated)
),

-- A whole is as fit as its least fit part; its figures are those of the parts together.
summed as (
    select
        coalesce(unit, '*') as unit,
        coalesce(form, '*') as form,
        period,
        dimension,
        cast(sum(numerator) as decimal(20, 6)) as numerator,
        cast(sum(denominator) as decimal(20, 6)) as denominator,
        max(badness) as badness
    from judged
    group by grouping sets (
        (unit, form, period, dimension), (unit, period, dimension), (form, period, dimension), (period, dimension)
    )
)

select
    summed.unit,
    summed.form,
    summed.period,
    summed.dimension,
    dimension.name as dimension_name,
    dimension.place,
    summed.numerator,
    summed.denominator,
    case when summed.denominator is null then summed.numerator else {{ percent('summed.numerator', 'summed.denominator') }} end as value,
    dimension.uom,
    dimension.better,
    dimension.fit as fit_at,
    dimension.reserved as reserved_at,
    case summed.badness when 1 then 'fit' when 2 then 'fit_with_reservations' else 'not_fit' end as verdict
from summed
inner join {{ ref('stg_standards__fitness_dimension') }} as dimension on dimension.dimension = summed.dimension
