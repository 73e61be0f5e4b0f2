with

figure as (
    select
        figure.form, figure.period, figure.member, figure.measure, figure.value, figure.value_without_estimates, figure.estimated_pct,
        figure.uom, figure.may_lack_units, scope.is_partial, scope.missing_units, figure.grain
    from {{ ref('int_figure') }} as figure
    left join {{ ref('int_scope_resolved') }} as scope
        on scope.form = figure.form and scope.period = figure.period and scope.unit = figure.member
    union all by name
    select
        form, period, member, measure, value, value_without_estimates, estimated_pct, uom, may_lack_units, is_partial, missing_units,
        grain
    from {{ ref('int_figure_rolled') }}
),

-- A figure of a longer period is as open as that of the part it is taken from, and a sum as all its parts; how far a rate of
-- several parts, or a case that several parts tell, can move nobody can tell.
ranged as (
    select form, period, unit, measure, value_low, value_high from {{ ref('int_figure_range') }}
    union all
    select
        rolled.form, rolled.period, rolled.member as unit, rolled.measure,
        {% for end in ['value_low', 'value_high'] -%}
        case when bool_and(rolled.made_of = part.period or (rolled.kind = 'sum' and measure.nature = 'flow'))
            and bool_and(open.measure is null or open.{{ end }} is not null)
            then cast(sum(case when open.measure is null then part.value else open.{{ end }} end) as decimal(20, 6))
        end as {{ end }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_figure_rolled') }} as rolled
    inner join {{ ref('int_measure_described') }} as measure on measure.form = rolled.form and measure.measure = rolled.measure
    inner join {{ ref('int_figure') }} as part
        on
            part.form = rolled.form and part.grain = 'unit' and part.member = rolled.member and part.measure = rolled.measure
            and list_contains(string_split(rolled.made_of, ' '), part.period)
    left join {{ ref('int_figure_range') }} as open
        on
            open.form = part.form and open.unit = part.member and open.measure = part.measure and open.period = part.period
    where rolled.grain = 'unit'
    group by rolled.form, rolled.period, rolled.member, rolled.measure
    having count(open.measure) > 0
)

select
    figure.form,
    figure.period,
    figure.member as unit,
    figure.measure,
    figure.value,
    figure.value_without_estimates,
    figure.estimated_pct,
    ranged.unit is not null as is_open,
    ranged.value_low,
    ranged.value_high,
    figure.uom,
    -- What came in is known for certain; only the sums of what came in may lack a unit.
    coalesce(figure.is_partial and figure.may_lack_units, false) as is_partial,
    case when figure.may_lack_units then figure.missing_units end as missing_units
from figure
left join ranged
    on ranged.form = figure.form and ranged.period = figure.period and ranged.unit = figure.member and ranged.measure = figure.measure
where figure.grain in ('unit', 'county')
