-- Every figure that may be shown, one row per form, indicator and what it is about, with its names, its unit and the
-- definition in force: said here once, for every figure, page and explanation.
with

-- What every unit in scope has, what something adds to, and the one that belongs to no form; targets bring their own unit.
measure as (
    select form, indicator, basis, max(uom) as uom
    from (
        select form, indicator, basis, null as uom from {{ ref('int_measure') }}
        union all
        select form, indicator, basis, uom from {{ ref('int_contribution') }}
        union all
        select '*' as form, indicator, '' as basis, null as uom from {{ ref('indicator') }} where kind = 'calendar'
    ) as named
    group by form, indicator, basis
),

read as (
    select
        measured.form,
        measured.indicator,
        max(measured.counts_at) as counts_at,
        nullif(string_agg(distinct part.name, ',' order by part.name) filter (where measured.role = 'numerator'), '') as above,
        nullif(string_agg(distinct part.name, ',' order by part.name) filter (where measured.role = 'denominator'), '') as below
    from {{ ref('measure_column') }} as measured
    cross join unnest({{ listed("coalesce(measured.read_from, '')", '|') }}) as part (name)
    group by measured.form, measured.indicator
)

select
    measure.form,
    measure.indicator,
    measure.basis,
    measure.indicator || case when measure.basis = '' then '' else '_' || measure.basis end as measure,
    indicator.number,
    indicator.name_zh,
    indicator.name_en,
    -- A growth is named after what has grown, the rate of a target after what is set against it.
    coalesce(basis_of.name_zh, target.indicator || '：' || reached.name_zh, nullif(measure.basis, '')) as basis_zh,
    coalesce(basis_of.name_en, target.indicator || ': ' || reached.name_en, nullif(measure.basis, '')) as basis_en,
    coalesce(chosen.definition_zh, indicator.definition_zh) as definition_zh,
    coalesce(chosen.definition_en, indicator.definition_en) as definition_en,
    indicator.edge_cases_zh,
    coalesce(
        measure.uom,
        case when indicator.kind in ('growth', 'root') or basis_of.uom is null then indicator.uom else basis_of.uom end
    ) as uom,
    case when indicator.kind in ('growth', 'root') or basis_of.uom is null then indicator.decimals else basis_of.decimals end as decimals,
    indicator.polarity,
    indicator.kind,
    indicator.factor,
    indicator.minus,
    indicator.may_lack_units,
    -- What grows is of the nature of what it grows from.
    coalesce(basis_of.nature, indicator.nature) as nature,
    coalesce(measured.counts_at, grown.counts_at) as counts_at,
    case when indicator.kind = 'attained' then actual.above else coalesce(measured.above, grown.above) end as numerator_columns,
    case when indicator.kind in ('growth', 'difference', 'root') then grown.above else measured.below end as denominator_columns,
    coalesce(indicator.source, 'indicators.md ' || indicator.number) as source
from measure
inner join {{ ref('indicator') }} as indicator on indicator.indicator = measure.indicator
-- How a month that is not over counts is for dim_period; the time progress of a whole period has no rivals.
left join {{ ref('int_definition') }} as chosen on chosen.indicator = measure.indicator and indicator.kind <> 'calendar'
left join {{ ref('indicator') }} as basis_of on basis_of.indicator = measure.basis
left join {{ ref('target_indicator') }} as target
    on indicator.kind = 'attained' and measure.basis = target.indicator || coalesce(target.suffix, '')
left join {{ ref('indicator') }} as reached on reached.indicator = target.measure
left join read as measured on measured.form in (measure.form, '*') and measured.indicator = measure.indicator
left join read as grown on grown.form = measure.form and grown.indicator = measure.basis
left join read as actual on actual.form = target.form and actual.indicator = target.measure
