-- Figures of quarters, half years and years that are over, out of those of their parts and by the nature of the measure (seed
-- indicator): a flow is the sum, a stock and a sum since January are the last part's, a case counts once as it was last told;
-- a rate is worked out anew from numerator and denominator so made. No line is repeated: `made_of` names the periods whose
-- figures a figure was made of.
with

part as (
    select
        figure.*,
        rolled.period as whole,
        rolled.is_last,
        measure.nature,
        scope.is_partial,
        scope.missing_units
    from {{ ref('int_figure') }} as figure
    inner join {{ ref('stg_standards__form') }} as form on form.form = figure.form
    inner join {{ ref('int_period_part') }} as rolled
        on rolled.part = figure.period and rolled.part_grain = form.part_grain and rolled.is_over
    inner join {{ ref('int_measure_described') }} as measure
        on measure.form = figure.form and measure.indicator = figure.indicator and measure.basis = figure.basis
    left join {{ ref('int_scope_leveled') }} as scope
        on
            scope.form = figure.form
            and scope.period = figure.period
            and scope.grain = case when figure.grain in ('unit', 'branch') then figure.grain else 'county' end
            and scope.member = case when figure.grain in ('unit', 'branch') then figure.member else '*' end
),

added as (
    select
        form, whole as period, grain, member, indicator, basis, measure, number, name_zh, polarity, kind, definition, may_lack_units,
        max(uom) as uom,
        cast(sum(numerator) as decimal(20, 6)) as numerator,
        cast(sum(denominator) as decimal(20, 6)) as denominator,
        max("minus") as "minus",
        max(factor) as factor,
        sum(estimated) as estimated,
        sum(estimated_size) as estimated_size,
        sum(size) as size,
        cast(null as decimal(20, 6)) as median,
        cast(null as decimal(20, 6)) as greatest,
        -- One part that nobody knows leaves the sum unknown.
        max(case when reason in ('no_rate', 'incomplete') then reason end) as unknown,
        string_agg(period, ' ' order by period) as made_of,
        bool_or(coalesce(is_partial, false)) as is_partial,
        {{ distinct_words('missing_units') }} as missing_units
    from part
    where nature = 'flow'
    group by form, whole, grain, member, indicator, basis, measure, number, name_zh, polarity, kind, definition, may_lack_units
),

-- Each line once, as it was last told within the whole: a case that waits in March and is decided in April is one case.
told as (
    select
        contribution.*,
        rolled.period as whole,
        row_number() over (
            partition by
                rolled.period, contribution.unit, contribution.counts_at, contribution.indicator, contribution.basis,
                contribution.role, coalesce(line.business_key, line.line_id)
            order by contribution.period desc nulls last, contribution.line_id desc nulls last
        ) as place
    from (
        {{ union_by_name([ref('int_contribution'), ref('int_contribution_branch')]) }}
    ) as contribution
    inner join {{ ref('indicator') }} as indicator on indicator.indicator = contribution.indicator and indicator.nature = 'case'
    inner join {{ ref('int_line_with_disposition') }} as line on line.line_id = contribution.line_id
    inner join {{ ref('stg_standards__form') }} as form on form.form = contribution.form
    inner join {{ ref('int_period_part') }} as rolled
        on rolled.part = contribution.period and rolled.part_grain = form.part_grain and rolled.is_over
),

placed as (
    select *, 'unit' as grain, unit as member from told where place = 1 and counts_at not in ('county', 'branch')
    union all
    select *, 'county' as grain, '*' as member from told where place = 1 and counts_at not in ('unit', 'branch')
    union all
    select *, 'branch' as grain, unit as member from told where place = 1 and counts_at = 'branch'
    union all
    select told.*, level.grain, level.member
    from told
    inner join {{ ref('int_line_member') }} as level on level.line_id = told.line_id
    where told.place = 1 and told.counts_at not in ('county', 'branch')
),

counted as (
    select
        form, whole as period, grain, member, indicator, basis,
        sum(case when role = 'numerator' then contribution end) as numerator,
        sum(case when role = 'denominator' then contribution end) as denominator,
        sum(case when role = 'numerator' and is_estimated then contribution else 0 end) as estimated,
        sum(case when role = 'numerator' and is_estimated then abs(contribution) else 0 end) as estimated_size,
        sum(case when role = 'numerator' then abs(contribution) end) as size,
        {{ median_of("case when role = 'numerator' then contribution end") }} as median,
        max(case when role = 'numerator' then contribution end) as greatest
    from placed
    group by form, whole, grain, member, indicator, basis
),

-- What its months say of a case's figure besides the number.
named as (
    select
        form, whole as period, grain, member, indicator, basis, measure, number, name_zh, polarity, kind, definition, may_lack_units,
        max(uom) as uom,
        max("minus") as "minus",
        max(factor) as factor,
        string_agg(period, ' ' order by period) as made_of,
        bool_or(coalesce(is_partial, false)) as is_partial,
        {{ distinct_words('missing_units') }} as missing_units
    from part
    where nature = 'case'
    group by form, whole, grain, member, indicator, basis, measure, number, name_zh, polarity, kind, definition, may_lack_units
),

summed as (
    select * from added
    union all
    select
        named.form, named.period, named.grain, named.member, named.indicator, named.basis, named.measure, named.number, named.name_zh,
        named.polarity, named.kind, named.definition, named.may_lack_units, named.uom,
        cast(case when named.kind = 'sum' then coalesce(counted.numerator, 0) else counted.numerator end as decimal(20, 6))
            as numerator,
        cast(counted.denominator as decimal(20, 6)) as denominator, named."minus", named.factor,
        coalesce(counted.estimated, 0) as estimated, counted.estimated_size, counted.size, counted.median, counted.greatest,
        null as unknown, named.made_of, named.is_partial, named.missing_units
    from named
    left join counted
        on
            counted.form = named.form and counted.period = named.period and counted.grain = named.grain
            and counted.member = named.member and counted.indicator = named.indicator and counted.basis = named.basis
),

worked_out as (
    select
        summed.*,
        case when unknown is null then {{ worked_out('numerator') }} end as value,
        case when unknown is null then {{ worked_out('(numerator - estimated)') }} end as value_without_estimates,
        {{ percent('estimated_size', 'size') }} as estimated_pct
    from summed
),

rolled as (
    select
        form, period, grain, member, indicator, basis, measure, number, name_zh, polarity, kind, definition, uom, may_lack_units,
        numerator, denominator, "minus", factor, cast(estimated as decimal(20, 6)) as estimated, value, value_without_estimates,
        cast(case when kind in ('median', 'max') then null else estimated_pct end as decimal(20, 6)) as estimated_pct,
        case
            when value is not null then null
            when unknown is not null then unknown
            when coalesce(denominator, 0) = 0 and kind = 'ratio' then 'no_denominator'
            else 'not_reported'
        end as reason,
        made_of, is_partial as has_gap, missing_units, true as is_sum
    from worked_out
    union all
    select
        form, whole as period, grain, member, indicator, basis, measure, number, name_zh, polarity, kind, definition, uom,
        may_lack_units, numerator, denominator, "minus", factor, estimated, value, value_without_estimates, estimated_pct, reason,
        period as made_of, is_partial as has_gap, missing_units, false as is_sum
    from part
    where is_last and nature in ('stock', 'year_to_date')
)

select
    rolled.*,
    -- A unit's sum lacks the months that it did not report; what is the last month's lacks none.
    coalesce(rolled.has_gap or rolled.is_sum and rolled.grain = 'unit' and slot.missing_periods is not null, false) as is_partial,
    case when rolled.is_sum and rolled.grain = 'unit' then slot.missing_periods end as missing_periods
from rolled
left join {{ ref('int_slot_rolled') }} as slot
    on rolled.grain = 'unit' and slot.unit = rolled.member and slot.form = rolled.form and slot.period = rolled.period
-- A yearly form tells some figures of the year itself.
where
    not exists (
        select 1 from {{ ref('int_figure') }} as told
        where
            told.form = rolled.form and told.period = rolled.period and told.grain = rolled.grain
            and told.member = rolled.member and told.indicator = rolled.indicator and told.basis = rolled.basis
    )
