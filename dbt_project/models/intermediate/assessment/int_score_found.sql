-- Every leaf of a scheme for every unit that it assesses: its figure, why there is none to be trusted, and between which ends
-- open findings may still move it.
with

assessed as (
    select
        scheme.scheme,
        scheme.version,
        period.period,
        period.period_year,
        period.time_progress,
        period.grain,
        period.period_no,
        coalesce(period.is_over, false) as is_over,
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
        -- A month that is over and of which nobody sent anything has its zeros too.
        select 1 from {{ ref('int_slot_assessed') }} as came
        -- A year of which only an evaluation came has nothing to be judged by.
        left join {{ ref('stg_standards__scheme_node') }} as asked
            on asked.needs = came.form and asked.scheme = scheme.scheme and asked.version = scheme.version
        where came.period = period.period and (period.grain = 'month' or asked.node is not null)
            and (came.is_received or (came.is_owed and period.is_over))
    )
),

leaf as (
    select
        assessed.period,
        assessed.time_progress,
        assessed.grain,
        assessed.period_no,
        assessed.is_over,
        assessed.unit_group,
        assessed.unit,
        assessed.period_year,
        case node.period_of
            when 'year' then cast(assessed.period_year as varchar)
            when 'previous_year' then cast(assessed.period_year - 1 as varchar)
            else assessed.period
        end as source_period,
        -- What is taken from the last part of a longer period asks for that part alone; a sum of the parts asks for each.
        case
            when node.source = 'measure' then coalesce(measure.nature in ('stock', 'year_to_date'), false)
            else node.source = 'fitness' and node.measure in (
                {% for dimension in fitness_at_last() -%}
                '{{ dimension }}'{{ ',' if not loop.last }}
                {% endfor -%}
            )
        end as is_at_last,
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
    left join {{ ref('int_measure_described') }} as measure
        on node.source = 'measure' and measure.form = node.form and measure.measure = node.measure
),

slot as (
    select *, coalesce(line_total > 0 and quarantined >= line_total, false) as is_all_held
    from {{ ref('int_slot_assessed') }}
    where unit is not null and form is not null and period is not null
),

-- What a leaf asks the unit for: one form (of which something must have passed: a form of lines that are all held back is no
-- way round a leaf), or for a dimension of fitness every form that it speaks of (*), which is then as
-- complete as its least complete part.
asked as (
    select
        unit, form, period, '' as dimension, coalesce(is_owed, false) as is_owed,
        coalesce(counts and not is_all_held, false) as has_submission,
        coalesce(is_owed and (not counts or is_all_held) and status <> 'owed', false) as is_withheld,
        coalesce(status = 'owed' and not counts, false) as is_not_due,
        is_mendable, mend_until, coalesce(quarantined, 0) as quarantined,
        0 as not_due, 0 as may_come
    from slot
    union all
    select
        slot.unit, '*' as form, slot.period, scope.dimension, max(cast(slot.is_owed as integer)) = 1 as is_owed,
        min(cast(slot.counts as integer)) = 1 as has_submission,
        max(case when slot.is_owed and not slot.counts and slot.status <> 'owed' then 1 else 0 end) = 1 as is_withheld,
        max(case when slot.status = 'owed' and not slot.counts then 1 else 0 end) = 1 as is_not_due,
        max(cast(slot.is_mendable as integer)) = 1 as is_mendable,
        max(slot.mend_until) as mend_until,
        sum(coalesce(slot.quarantined, 0)) as quarantined,
        count(*) filter (where slot.status = 'owed' and not slot.counts) as not_due,
        count(*) filter (where slot.is_owed and slot.is_mendable and not slot.counts) as may_come
    from slot
    inner join {{ ref('stg_standards__fitness_scope') }} as scope on scope.form = slot.form
    where slot.is_owed or slot.counts
    group by slot.unit, slot.period, scope.dimension
),

-- The last part of a longer period, where the unit was asked for it or sent it; of all forms together (*) the last month.
last_part as (
    select slot.unit, form.form, part.period, part.part
    from slot
    inner join {{ ref('stg_standards__form') }} as form on form.form = slot.form
    inner join {{ ref('int_period_part') }} as part
        on part.part = slot.period and part.part_grain = form.part_grain and part.is_last and part.is_over
    where slot.is_owed or slot.counts
    union
    select slot.unit, '*' as form, part.period, part.part
    from slot
    inner join {{ ref('int_period_part') }} as part
        on part.part = slot.period and part.part_grain = 'month' and part.is_last and part.is_over
    where slot.is_owed or slot.counts
),

-- By which period's report a leaf is judged.
placed as (
    select leaf.*, coalesce(last_part.part, leaf.source_period) as asked_period
    from leaf
    left join last_part
        on
            leaf.is_at_last and last_part.unit = leaf.unit and last_part.form = leaf.needs
            and last_part.period = leaf.source_period
),

-- What speaks against the data of a part is said of them; how a unit reported is said of the whole period.
unfit as (
    select
        unit, form, period, dimension in ('coverage', 'timeliness', 'late') as is_of_reporting,
        {{ dbt.listagg(unfit('figure'), "'；'", "order by figure.place") }} as reasons
    from {{ ref('int_fitness_figure') }} as figure
    where verdict = 'not_fit'
    group by unit, form, period, is_of_reporting
),

target as (
    select target_unit_code as unit, indicator, year, target_version, target_amount, document_no, line_id,
        row_number() over (partition by target_unit_code, indicator, year order by target_version desc nulls last, line_id) as place
    from {{ ref('int_target_line') }}
    where is_current
),

valued as (
    select
        leaf.*,
        coalesce(asked.is_owed, false) as is_owed,
        coalesce(asked.has_submission, false) as has_submission,
        -- Lateness and coverage say themselves what did not come.
        coalesce(asked.is_withheld, false) and not (leaf.source = 'fitness' and leaf.measure in ('coverage', 'timeliness', 'late'))
            as is_withheld,
        coalesce(asked.is_not_due, false) as is_not_due,
        coalesce(asked.is_mendable, false) as is_mendable,
        asked.mend_until,
        coalesce(asked.quarantined, 0) as quarantined,
        asked.not_due,
        asked.may_come,
        case
            when leaf.source = 'measure' then figure.value
            when leaf.source = 'fitness' then fitness.value
            when leaf.source = 'issues' and asked.has_submission then cast(coalesce(occurrence.times, 0) as decimal(20, 6))
            when leaf.source = 'manual' then verified.score
        end as value,
        -- An estimate earns no points, and saves none where less is better (indicators.md section 0 rule 8).
        case when leaf.source = 'measure' and leaf.polarity = '+' then figure.value_without_estimates end as value_without_estimates,
        case when leaf.source = 'measure' then figure.uom when leaf.source = 'fitness' then fitness.uom
            when leaf.source = 'issues' then '次' else '分' end as uom,
        coalesce(leaf.source = 'measure' and figure.is_open, false) or coalesce(verified.is_partial, false) as is_moved,
        coalesce(figure.value_low, verified.score_low) as value_low,
        coalesce(figure.value_high, verified.score_high) as value_high,
        fitness.numerator as fitness_numerator,
        fitness.denominator as fitness_denominator,
        fitness.better as fitness_better,
        target.target_version,
        target.target_amount,
        target.document_no as target_document,
        target.line_id as target_line_id,
        verified.ruling as verified_by_ruling,
        verified.decided_by as verified_by,
        verified.told_by,
        coalesce(verified.is_partial, false) as is_partly_verified,
        fit.verdict as fitness_verdict,
        case
            when leaf.asked_period <> leaf.source_period and leaf.source = 'measure'
                then coalesce(nullif(concat_ws('；', unfit_reporting.reasons, unfit_data.reasons), ''),
                    case when target_fit.verdict = 'not_fit' then target_fit.reasons end)
            when 'not_fit' in (fit.verdict, target_fit.verdict) then coalesce(fit.reasons, target_fit.reasons)
        end as unfit_because
    from placed as leaf
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
    left join {{ ref('int_score_verified') }} as verified
        on
            leaf.source = 'manual'
            and verified.scheme = leaf.scheme
            and verified.version = leaf.version
            and verified.node = leaf.node
            and verified.period = leaf.period
            and verified.unit = leaf.unit
    left join asked
        on
            asked.unit = leaf.unit
            and asked.form = leaf.needs
            and asked.period = leaf.asked_period
            and asked.dimension = case when leaf.needs = '*' then leaf.measure else '' end
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
    left join unfit as unfit_reporting
        on
            unfit_reporting.is_of_reporting and unfit_reporting.unit = leaf.unit and unfit_reporting.form = leaf.needs
            and unfit_reporting.period = leaf.source_period
    left join unfit as unfit_data
        on
            not unfit_data.is_of_reporting and unfit_data.unit = leaf.unit and unfit_data.form = leaf.needs
            and unfit_data.period = leaf.asked_period
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
        case
            -- What the unit did not send is missing, even where others told its figure: silence is never worth more than a report.
            when valued.value is not null and not valued.is_withheld and valued.unfit_because is not null then 'not_fit'
            when valued.value is not null and valued.is_partly_verified then 'partly_verified'
            when valued.value is not null and not valued.is_withheld then 'known'
            when valued.source = 'manual' then 'not_verified'
            when not valued.is_owed and not valued.has_submission then 'not_owed'
            when valued.target is not null and valued.target_amount is null then 'no_target'
            when valued.is_not_due and not valued.is_withheld then 'not_due'
            when not valued.has_submission then 'missing'
            else 'no_denominator'
        end as reason
    from (select *, coalesce(value_without_estimates, value) as earning from valued) as valued
),

-- How far the figure can still move: a figure as int_figure_range says; a dimension of fitness to its best while its forms can
-- be mended; lateness and coverage by what is not due yet; a count of issues to none.
ended as (
    select
        reasoned.*,
        case
            when is_moved then least(earning, value_low)
            when source <> 'fitness' or not is_mendable then earning
            when measure in ('coverage', 'timeliness') and form = '*'
                then {{ percent('fitness_numerator', 'fitness_denominator + not_due') }}
            when fitness_better = '-' and measure <> 'late' then 0
            else earning
        end as end_low,
        case
            when is_moved then greatest(earning, value_high)
            when source = 'issues' and is_mendable then 0
            when source <> 'fitness' or not is_mendable then earning
            when measure = 'timeliness' and form = '*'
                then {{ percent('fitness_numerator + not_due', 'fitness_denominator + not_due') }}
            when measure = 'coverage' and form = '*' then {{ percent(
                'least(fitness_numerator + may_come, fitness_denominator + not_due)',
                'fitness_denominator + not_due'
            ) }}
            when measure = 'late' then earning + not_due
            when fitness_better = '+' and measure not in ('timeliness', 'coverage') then 100
            else earning
        end as end_high,
        -- Open, and nobody can tell how far.
        (is_moved and (value_low is null or value_high is null))
            or (source = 'fitness' and is_not_due and measure not in ('coverage', 'timeliness', 'late')) as is_untold
    from reasoned
)

select
    ended.*,
    {% for base, figure in {'base': 'earning', 'base_low': 'end_low', 'base_high': 'end_high'}.items() -%}
    case against
        when 'time' then {{ against_time(figure, 'time_progress') }}
        else {{ figure }}
    end as {{ base }}{% if not loop.last %},{% endif %}
    {% endfor -%}
from ended
