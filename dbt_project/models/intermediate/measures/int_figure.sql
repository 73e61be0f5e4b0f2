-- Every figure at every level, added up from its contributions, with its parts and why it is blank (indicators.md section 0).
with

placed as (
    select form, period, indicator, basis, role, contribution, is_estimated, uom, 'unit' as grain, unit as member
    from {{ ref('int_contribution') }}
    where counts_at <> 'county' and unit is not null
    union all
    select form, period, indicator, basis, role, contribution, is_estimated, uom, 'county' as grain, '*' as member
    from {{ ref('int_contribution') }}
    where counts_at <> 'unit'
    union all
    select form, period, indicator, basis, role, contribution, is_estimated, uom, 'branch' as grain, unit as member
    from {{ ref('int_contribution_branch') }}
    union all
    select
        part.form, part.period, part.indicator, part.basis, part.role, part.contribution, part.is_estimated, part.uom,
        level.grain, level.member
    from {{ ref('int_contribution') }} as part
    inner join {{ ref('int_line_member') }} as level on level.line_id = part.line_id and part.counts_at in ('both', level.counts_at)
    -- What is spent and what it brings stand on lines of two forms: no level of either has both.
    where part.indicator not like 'cost_per%'
),

summed as (
    select
        form, period, grain, member, indicator, basis,
        max(uom) as uom,
        sum(case when role = 'numerator' then contribution end) as numerator,
        sum(case when role = 'denominator' then contribution end) as denominator,
        sum(case when role = 'numerator' and is_estimated then contribution else 0 end) as estimated,
        sum(case when role = 'numerator' and is_estimated then abs(contribution) else 0 end) as estimated_size,
        sum(case when role = 'numerator' then abs(contribution) end) as size,
        count(*) filter (where role = 'missing') as missing,
        {{ median_of("case when role = 'numerator' then contribution end") }} as median,
        max(case when role = 'numerator' then contribution end) as greatest
    from placed
    group by form, period, grain, member, indicator, basis
),

-- A unit one of whose evaluated lines is held back has no totals: they would be understated.
held as (
    select period, unit from {{ ref('int_line_with_disposition') }}
    where form = 'performance_self_evaluation' and counts and disposition = 'quarantined'
    group by period, unit
),

named as (
    select scope.form, scope.period, scope.grain, scope.member, measure.indicator, measure.basis
    from {{ ref('int_scope_leveled') }} as scope
    inner join {{ ref('int_measure') }} as measure
        on
            measure.form = scope.form
            and measure.counts_at in ('both', scope.grain)
    left join held
        on
            scope.form = 'performance_self_evaluation' and measure.indicator not like 'rows_%'
            and scope.grain = 'unit' and held.period = scope.period and held.unit = scope.member
    where held.unit is null
    union
    -- Nothing has a figure by its denominator alone, but a target of which nothing is reached.
    select form, period, grain, member, indicator, basis from summed
    where numerator is not null or missing > 0 or indicator like 'target_rate%'
),

-- A branch has a base as soon as one of its units has one.
based as (
    select form, basis, period, case when unit = '*' then 'county' else 'unit' end as grain, unit as member
    from {{ ref('int_base_known') }}
    union all
    select distinct form, basis, period, 'branch' as grain, branch as member
    from (
        select
            base.form, base.basis, base.period, level.branch,
            bool_or(base.basis is null) over (partition by base.form, base.period, level.branch) as is_of_all
        from {{ ref('int_base_known') }} as base
        inner join {{ ref('int_unit_branch') }} as level on level.unit = base.unit
    ) as known
    where basis is null or not is_of_all
),

figure as (
    select
        named.*,
        measure.measure, measure.name_zh, measure.polarity, measure.kind, measure.number, measure.definition_zh as definition,
        coalesce(summed.uom, measure.uom) as uom,
        case
            when measure.kind in ('sum', 'attained') or present.form is not null then coalesce(summed.numerator, 0)
            else summed.numerator
        end as numerator,
        case
            when measure.kind not in ('growth', 'difference', 'root') then summed.denominator
            when earlier.form is not null then coalesce(summed.denominator, 0)
        end as denominator,
        coalesce(summed.estimated, 0) as estimated,
        summed.estimated_size,
        summed.size,
        {{ percent('summed.estimated_size', 'summed.size') }} as estimated_pct,
        coalesce(summed.missing, 0) as missing,
        summed.median,
        summed.greatest,
        case measure.minus
            when 'time_progress' then period.time_progress
            when 'quota' then cast(setting.quota as integer) * period.last_month
            else 0
        end as "minus",
        cast(measure.factor as decimal(20, 6)) as factor,
        measure.may_lack_units
    from named
    inner join {{ ref('int_measure_described') }} as measure
        on measure.form = named.form and measure.indicator = named.indicator and measure.basis = named.basis
    inner join {{ ref('int_period_dated') }} as period on period.period = named.period
    cross join {{ ref('stg_site__setting') }} as setting
    left join summed
        on
            summed.form = named.form and summed.period = named.period and summed.grain = named.grain
            and summed.member = named.member and summed.indicator = named.indicator and summed.basis = named.basis
    -- What was reported and is nothing has fallen to 0.
    left join {{ ref('int_scope_leveled') }} as present
        on
            measure.kind in ('growth', 'difference', 'root')
            and present.form = named.form
            and present.period = named.period
            and present.grain = named.grain
            and present.member = named.member
    -- Growth needs the months before: where they never came there is no base, where they came empty it is 0.
    left join based as earlier
        on
            measure.kind in ('growth', 'difference', 'root')
            and earlier.form = named.form
            and (earlier.basis is null or earlier.basis = named.basis)
            and earlier.grain = case when named.grain in ('unit', 'branch') then named.grain else 'county' end
            and earlier.member = case when named.grain in ('unit', 'branch') then named.member else '*' end
            and earlier.period = case when measure.kind = 'root' then period.two_years_before else period.year_before end
),

worked_out as (
    select
        figure.*,
        case when missing = 0 then {{ worked_out('numerator') }} end as value,
        -- What was estimated stands in the figure and earns nothing.
        case when missing = 0 then {{ worked_out('(numerator - estimated)') }} end as value_without_estimates
    from figure
)

select
    form, period, grain, member, indicator, basis, measure, number, name_zh, polarity, kind, definition, uom, may_lack_units,
    cast(numerator as decimal(20, 6)) as numerator,
    cast(denominator as decimal(20, 6)) as denominator,
    cast("minus" as decimal(20, 6)) as "minus",
    cast(factor as decimal(20, 6)) as factor,
    cast(estimated as decimal(20, 6)) as estimated,
    estimated_size,
    size,
    value,
    value_without_estimates,
    cast(case when kind in ('median', 'max') then null else estimated_pct end as decimal(20, 6)) as estimated_pct,
    case
        when value is not null then null
        when missing > 0 and indicator = 'arrived_foreign_cny' then 'no_rate'
        when missing > 0 then 'incomplete'
        when kind in ('growth', 'difference', 'root') and denominator is null then 'no_base'
        when kind in ('growth', 'root') and denominator = 0 then 'new'
        when kind in ('growth', 'root') and denominator < 0 then 'negative_base'
        when indicator like 'cost_per%' then 'no_result'
        when coalesce(denominator, 0) = 0 and kind in ('ratio', 'attained') then 'no_denominator'
        else 'not_reported'
    end as reason
from worked_out
