-- Every leaf of a scheme for every unit that it assesses: the figure, what became of it, and the points.
with

assessed as (
    select
        scheme.scheme,
        scheme.version,
        period.period,
        period.period_year,
        period.time_progress,
        grouped.unit_group,
        unit.unit
    from {{ ref('stg_standards__scheme') }} as scheme
    inner join {{ ref('int_period_dated') }} as period
        on
            ' ' || scheme.grain || ' ' like '% ' || period.grain || ' %'
            and period.is_exempt is not true
            and (period.grain = 'month' or period.is_over)
            and period.period_end >= scheme.effective_from
            and (scheme.effective_to is null or period.period_end <= scheme.effective_to)
    inner join {{ ref('stg_standards__scheme_group') }} as grouped
        on grouped.scheme = scheme.scheme and grouped.version = scheme.version
    inner join {{ ref('int_unit_known') }} as unit on unit.kind = grouped.kind and unit.reports
    where exists (
        select 1 from {{ ref('int_slot_assessed') }} as came
        -- A year of which only an evaluation came has nothing to be judged by.
        left join {{ ref('stg_standards__scheme_node') }} as asked
            on asked.needs = came.form and asked.scheme = scheme.scheme and asked.version = scheme.version
        where came.period = period.period and came.is_received and (period.grain = 'month' or asked.node is not null)
    )
),

leaf as (
    select
        assessed.period,
        assessed.time_progress,
        assessed.unit_group,
        assessed.unit,
        assessed.period_year,
        case node.period_of
            when 'year' then cast(assessed.period_year as varchar)
            when 'previous_year' then cast(assessed.period_year - 1 as varchar)
            else assessed.period
        end as source_period,
        node.*
    from assessed
    inner join {{ ref('stg_standards__scheme_node_group') }} as applies
        on
            applies.scheme = assessed.scheme
            and applies.version = assessed.version
            and applies.unit_group = assessed.unit_group
    inner join {{ ref('stg_standards__scheme_node') }} as node
        on
            node.scheme = applies.scheme
            and node.version = applies.version
            and node.node = applies.node
            and node.is_leaf
),

target as (
    select target_unit_code as unit, indicator, year, target_version, target_amount, document_no, line_id,
        row_number() over (partition by target_unit_code, indicator, year order by target_version desc, line_id) as place
    from {{ ref('int_target_line') }}
    where is_current
),

valued as (
    select
        leaf.*,
        coalesce(slot.counts, false) as has_submission,
        case
            when leaf.source = 'measure' then figure.value
            when leaf.source = 'fitness' then fitness.value
            when leaf.source = 'issues' and slot.counts then cast(coalesce(occurrence.times, 0) as decimal(20, 6))
            when leaf.source = 'manual' then verified.score
        end as value,
        -- An estimate earns no points, and saves none where less is better (indicators.md section 0 rule 8).
        case when leaf.source = 'measure' and leaf.polarity = '+' then figure.value_without_estimates end as value_without_estimates,
        case when leaf.source = 'measure' then figure.uom when leaf.source = 'fitness' then fitness.uom
            when leaf.source = 'issues' then '次' else '分' end as uom,
        slot.status as slot_status,
        slot.is_owed,
        target.target_version,
        target.target_amount,
        target.document_no as target_document,
        target.line_id as target_line_id,
        verified.ruling as verified_by_ruling,
        fit.verdict as fitness_verdict,
        case when 'not_fit' in (fit.verdict, target_fit.verdict) then coalesce(fit.reasons, target_fit.reasons) end as unfit_because,
        greatest(fit.blocked_until, target_fit.blocked_until) as blocked_until
    from leaf
    left join {{ ref('int_unit_measure') }} as figure
        on
            leaf.source = 'measure'
            and figure.form = leaf.form
            and figure.measure = leaf.measure
            and figure.period = leaf.source_period
            and figure.unit = leaf.unit
    left join {{ ref('int_fitness_figure') }} as fitness
        on
            leaf.source = 'fitness'
            and fitness.form = leaf.form
            and fitness.dimension = leaf.measure
            and fitness.period = leaf.source_period
            and fitness.unit = leaf.unit
    left join {{ ref('int_issue_counted') }} as occurrence
        on
            leaf.source = 'issues'
            and occurrence.form = leaf.form
            and occurrence.rule = leaf.measure
            and occurrence.period = leaf.source_period
            and occurrence.unit = leaf.unit
    left join {{ ref('stg_standards__verified_score') }} as verified
        on
            leaf.source = 'manual'
            and verified.scheme = leaf.scheme
            and verified.indicator = leaf.node
            and verified.period = leaf.period
            and verified.unit = leaf.unit
    left join {{ ref('int_slot_assessed') }} as slot
        on slot.unit = leaf.unit and slot.form = leaf.needs and slot.period = leaf.source_period
    left join target
        on
            target.place = 1
            and target.unit = leaf.unit
            and target.indicator = leaf.target
            and target.year = leaf.period_year
    left join {{ ref('int_fitness_verdict') }} as fit
        on
            leaf.source = 'measure'
            and fit.unit = leaf.unit
            and fit.form = leaf.needs
            and fit.period = leaf.source_period
    left join {{ ref('int_fitness_verdict') }} as target_fit
        on
            leaf.target is not null
            and target_fit.unit = leaf.unit
            and target_fit.form = 'annual_target'
            and target_fit.period = cast(leaf.period_year as varchar)
),

reasoned as (
    select
        valued.*,
        case valued.against when 'time' then {{ against_time('valued.earning', 'valued.time_progress') }} else valued.earning end as base,
        case
            when valued.value is not null and valued.unfit_because is not null then 'not_fit'
            when valued.value is not null then 'known'
            when valued.source = 'manual' then 'not_verified'
            when not coalesce(valued.is_owed, false) and not valued.has_submission then 'not_owed'
            when valued.target is not null and valued.target_amount is null then 'no_target'
            when valued.slot_status = 'owed' then 'not_due'
            when not valued.has_submission then 'missing'
            else 'no_denominator'
        end as reason
    from (select *, coalesce(value_without_estimates, value) as earning from valued) as valued
),

-- The band of a stepwise leaf: the highest edge not above the figure, or where less is better the lowest not below it.
banded as (
    select
        reasoned.scheme, reasoned.version, reasoned.period, reasoned.unit, reasoned.node, band.points,
        row_number() over (
            partition by reasoned.scheme, reasoned.version, reasoned.period, reasoned.unit, reasoned.node
            order by case reasoned.polarity when '+' then -band.edge else band.edge end
        ) as place
    from reasoned
    inner join {{ ref('stg_standards__scheme_band') }} as band
        on {{ passes('band', 'reasoned', 'reasoned.base') }}
)

select
    reasoned.*,
    case
        when reasoned.formula = 'veto' then 'shown'
        when reasoned.reason = 'known' then 'scored'
        when policy.policy = 'leave_out' then 'left_out'
        when policy.policy = 'flag' then 'flagged'
        else 'waits'
    end as status,
    case when reasoned.value is not null then {{ points('reasoned', 'reasoned.base', 'coalesce(banded.points, 0)') }} end as found_points,
    reasoned.formula = 'veto' and coalesce(reasoned.value >= reasoned.at_least, false) as veto_condition
from reasoned
left join banded
    on
        banded.place = 1
        and banded.scheme = reasoned.scheme
        and banded.version = reasoned.version
        and banded.period = reasoned.period
        and banded.unit = reasoned.unit
        and banded.node = reasoned.node
left join {{ ref('stg_standards__scheme_policy') }} as policy
    on policy.scheme = reasoned.scheme and policy.version = reasoned.version and policy.reason = reasoned.reason
