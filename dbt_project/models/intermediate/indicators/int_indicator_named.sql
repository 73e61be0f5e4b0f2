with

figure as (
    select
        figure.form, figure.period, figure.grain, figure.member, figure.indicator, figure.basis, figure.measure, figure.number,
        figure.name_zh, figure.kind, figure.factor, figure.numerator, figure.denominator, figure."minus", figure.value,
        figure.value_without_estimates, figure.estimated_pct, figure.uom, figure.polarity, figure.reason, figure.definition,
        figure.may_lack_units, scope.is_partial, scope.missing_units, cast(null as varchar) as missing_periods,
        cast(null as varchar) as made_of
    from {{ ref('int_figure') }} as figure
    -- A level below the county may lack whatever the county lacks.
    left join {{ ref('int_scope_leveled') }} as scope
        on
            scope.form = figure.form
            and scope.period = figure.period
            and scope.grain = case when figure.grain in ('unit', 'branch') then figure.grain else 'county' end
            and scope.member = case when figure.grain in ('unit', 'branch') then figure.member else '*' end
    union all
    select
        form, period, grain, member, indicator, basis, measure, number, name_zh, kind, factor, numerator, denominator, "minus", value,
        value_without_estimates, estimated_pct, uom, polarity, reason, definition, may_lack_units, is_partial, missing_units,
        missing_periods, made_of
    from {{ ref('int_figure_rolled') }}
)

select
    figure.form,
    figure.period,
    figure.grain,
    figure.member,
    coalesce(unit.unit_name, figure.member) as member_name,
    figure.indicator,
    figure.basis,
    figure.measure,
    figure.number as indicator_no,
    figure.name_zh,
    figure.kind,
    figure.factor,
    figure.numerator,
    figure.denominator,
    figure.minus,
    figure.value,
    figure.value_without_estimates,
    figure.estimated_pct,
    figure.uom,
    figure.polarity,
    figure.reason,
    figure.definition,
    coalesce(figure.is_partial and figure.may_lack_units, false) as is_partial,
    case when figure.may_lack_units then figure.missing_units end as missing_units,
    figure.missing_periods,
    figure.made_of
from figure
left join {{ ref('int_unit_known') }} as unit on unit.unit = figure.member

union all

select
    '*' as form, period.period, 'period' as grain, '*' as member, '*' as member_name, indicator.indicator, '' as basis,
    indicator.indicator as measure, indicator.number as indicator_no, indicator.name_zh, indicator.kind,
    cast(indicator.factor as decimal(20, 6)) as factor, cast(period.last_month as decimal(20, 6)) as numerator,
    cast(12 as decimal(20, 6)) as denominator, cast(0 as decimal(20, 6)) as "minus", period.time_progress as value,
    period.time_progress as value_without_estimates, cast(0 as decimal(20, 6)) as estimated_pct, indicator.uom,
    indicator.polarity, cast(null as varchar) as reason, indicator.definition_zh as definition,
    false as is_partial, cast(null as varchar) as missing_units, cast(null as varchar) as missing_periods,
    cast(null as varchar) as made_of
from {{ ref('int_period_dated') }} as period
inner join {{ ref('indicator') }} as indicator on indicator.indicator = 'time_progress'
