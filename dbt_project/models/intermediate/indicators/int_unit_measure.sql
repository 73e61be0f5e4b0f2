with

figure as (
    select
        figure.form, figure.period, figure.member, figure.measure, figure.value, figure.value_without_estimates, figure.estimated_pct,
        figure.uom, figure.may_lack_units, scope.is_partial, scope.missing_units, figure.grain
    from {{ ref('int_figure') }} as figure
    left join {{ ref('int_scope_resolved') }} as scope
        on scope.form = figure.form and scope.period = figure.period and scope.unit = figure.member
    union all
    select
        form, period, member, measure, value, value_without_estimates, estimated_pct, uom, may_lack_units, is_partial, missing_units,
        grain
    from {{ ref('int_figure_rolled') }}
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
left join {{ ref('int_figure_range') }} as ranged
    on ranged.form = figure.form and ranged.period = figure.period and ranged.unit = figure.member and ranged.measure = figure.measure
where figure.grain in ('unit', 'county')
