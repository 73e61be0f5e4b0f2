-- What open findings allow of a unit's figure (assessment.md, 区间): every line that is held back counted or not, every claim that
-- nobody settled won or lost, what was estimated confirmed or dropped; each settled for the figure, then against it. Lines
-- and estimates are open while their unit can still mend them, claims until somebody rules. The figure of a longer period is as open
-- as the periods that it is made of, all their lines settled against that one figure. Nothing here knows a form or a figure: what
-- a line would add is what its measured model says of it. NULL at both ends: open, and nobody can tell how far.
with

open_line as (
    select
        line.line_id,
        line.form,
        line.unit,
        line.period,
        line.disposition = 'quarantined' as is_held,
        claim.share_pct
    from {{ ref('int_line_with_disposition') }} as line
    inner join {{ ref('int_slot_mending') }} as slot
        on slot.unit = line.unit and slot.form = line.form and slot.period = line.period
    left join {{ ref('int_claim_settled') }} as claim on claim.line_id = line.line_id and claim.state = 'unsettled'
    where line.counts and (claim.line_id is not null or (line.disposition = 'quarantined' and slot.is_mendable))
),

held as (
    select form, period, unit, count(*) as lines from open_line where is_held group by form, period, unit
),

-- Figures of which the measured model says what a line that is held back would add.
told as (
    select form, indicator from {{ ref('int_contribution_told') }} where role = 'numerator' and is_told
    union
    select telling.form, measure.indicator
    from (select distinct form, measured from {{ ref('int_contribution_told') }} where is_told and measured is not null) as telling
    inner join {{ ref('measure_column') }} as measure
        on measure.measured = telling.measured and measure.form in (telling.form, '*') and measure.role = 'numerator'
),

made as (
    select
        form, period, member as unit, measure, indicator, basis, kind, polarity, numerator, denominator, "minus", factor, estimated,
        value, period as made_of, false as is_retold
    from {{ ref('int_figure') }} where grain = 'unit' and value is not null
    union all
    select
        rolled.form, rolled.period, rolled.member as unit, rolled.measure, rolled.indicator, rolled.basis, rolled.kind,
        rolled.polarity, rolled.numerator, rolled.denominator, rolled."minus", rolled.factor, rolled.estimated, rolled.value,
        rolled.made_of, indicator.nature = 'case' as is_retold
    from {{ ref('int_figure_rolled') }} as rolled
    inner join {{ ref('indicator') }} as indicator on indicator.indicator = rolled.indicator
    where rolled.grain = 'unit' and rolled.value is not null
),

part as (
    select form, period, unit, measure, indicator, basis, kind, is_retold, unnest({{ listed('made_of', ' ') }}) as part from made
),

-- Whether lines of a part are held back of which nobody says what they would add, and how much of it is estimated and may be mended.
part_open as (
    select
        part.form, part.period, part.unit, part.measure,
        bool_or(held.lines is not null and told.form is null) as is_untold,
        bool_or(coalesce(slot.is_mendable, false)) as is_mendable,
        coalesce(sum(case when slot.is_mendable then figure.estimated end), 0) as estimated
    from part
    inner join {{ ref('int_figure') }} as figure
        on figure.form = part.form and figure.period = part.part and figure.member = part.unit and figure.measure = part.measure
            and figure.grain = 'unit'
    -- What is set against a target is mended in the form that tells it.
    left join {{ ref('target_indicator') }} as reached
        on part.kind = 'attained' and part.basis = reached.indicator || coalesce(reached.suffix, '')
    left join {{ ref('int_slot_mending') }} as slot
        on slot.unit = part.unit and slot.form = coalesce(reached.form, part.form) and slot.period = part.part
    left join held on held.unit = part.unit and held.form = coalesce(reached.form, part.form) and held.period = part.part
    left join told on told.form = part.form and told.indicator = part.indicator
    group by part.form, part.period, part.unit, part.measure
),

figure as (
    select
        made.*,
        part_open.is_untold,
        counted.indicator is not null as is_counted,
        -- A case that several parts tell is estimated once, whichever of them can be mended.
        case when not made.is_retold then part_open.estimated when part_open.is_mendable then made.estimated else 0 end
            as estimated_open
    from made
    inner join part_open
        on
            part_open.form = made.form and part_open.period = made.period and part_open.unit = made.unit
            and part_open.measure = made.measure
    left join {{ ref('counted_rate') }} as counted on counted.indicator = made.indicator
),

-- What an open line adds to its unit's figures now, and what it would add if it counted or if all of its project were the unit's.
-- Of the lines that tell one case again one alone may come to count.
added as (
    select
        part.form, part.period, part.unit, part.measure, told.line_id as settled, 'counted' as name,
        open_line.is_held,
        {% for way, counts in {
            'now': "not told.is_held",
            'then': "(told.is_held or not open_line.is_held)",
        }.items() -%}
        {% set amount = 'told.contribution' if way == 'now' else
            "case when open_line.is_held or told.is_held or not told.is_by_share then told.contribution"
            ~ " else " ~ quotient('100 * told.contribution', 'open_line.share_pct') ~ " end" -%}
        {% for role, name in {'numerator': 'above', 'denominator': 'below'}.items() -%}
        cast(coalesce(sum(case when {{ counts }} and told.role = '{{ role }}' then {{ amount }} end), 0) as decimal(20, 6))
            as {{ name }}_{{ way }},
        {% endfor -%}
        {% endfor -%}
        -- A figure that a missing part makes blank has no ends.
        coalesce(bool_or(told.is_held and told.role = 'missing'), false) as is_missing
    from part
    inner join {{ ref('int_contribution_told') }} as told
        on told.form = part.form and told.period = part.part and told.unit = part.unit
            and told.indicator = part.indicator and told.basis = part.basis
    inner join open_line on open_line.line_id = told.line_id and (open_line.is_held or told.is_by_share is not null)
    where told.counts_at <> 'county' and not part.is_retold
    group by part.form, part.period, part.unit, part.measure, told.line_id, open_line.is_held
    union all
    select
        made.form, made.period, made.unit, made.measure, retold.told_case as settled, retold.line_id as name, true as is_held,
        {% for way in ['now', 'then'] -%}
        {% for role, name in {'numerator': 'above', 'denominator': 'below'}.items() -%}
        cast(coalesce(max(case when retold.role = '{{ role }}' then retold.added_{{ way }} end), 0) as decimal(20, 6))
            as {{ name }}_{{ way }},
        {% endfor -%}
        {% endfor -%}
        false as is_missing
    from made
    inner join {{ ref('int_case_retold') }} as retold
        on retold.form = made.form and retold.period = made.period and retold.unit = made.unit
            and retold.indicator = made.indicator and retold.basis = made.basis
    where made.is_retold and retold.line_id is not null
    group by made.form, made.period, made.unit, made.measure, retold.told_case, retold.line_id
),

-- The ways in which a line may be settled, each as what it would change above and below the line. A sum has nothing below it.
way as (
    select
        added.form, added.period, added.unit, added.measure, added.settled, way.name,
        case
            when figure.kind = 'difference' then way.above - added.above_now - (way.below - added.below_now)
            else way.above - added.above_now
        end as above,
        case when figure.kind in ('sum', 'difference') then 0 else way.below - added.below_now end as below
    from added
    inner join figure
        on
            figure.form = added.form and figure.period = added.period and figure.unit = added.unit
            and figure.measure = added.measure
    cross join lateral (values
        (added.name, added.above_then, added.below_then),
        ('done', case when added.is_held and figure.is_counted then added.below_then end, added.below_then),
        ('not_done', case when added.is_held and figure.is_counted then 0 end, added.below_then),
        ('lost', case when not added.is_held then 0 end, 0)
    ) as way (name, above, below)
    where way.above is not null and figure.kind not in ('median', 'max')
),

opened as (
    select distinct form, period, unit, measure from way
),

started as (
    select
        figure.form, figure.period, figure.unit, figure.measure, side.side,
        -- What was estimated and cannot be mended any more earns nothing at either end (indicators.md section 0 rule 8).
        figure.numerator - case when figure.polarity <> '-' then figure.estimated - figure.estimated_open else 0 end
        - case when side.side = -1 then figure.estimated_open else 0 end as numerator,
        case when figure.kind in ('sum', 'difference') then 1 else figure.denominator end as denominator
    from figure
    cross join (values (-1), (1)) as side (side)
),

-- Each line is settled in its best way by the quotient as it stands, and by that quotient again: from one pass to the next a rate
-- only moves outwards, and of the few open lines of a unit none is left to turn after the third.
{% for pass in range(1, 4) -%}
{% set before = 'started' if loop.first else 'pass_' ~ (pass - 1) -%}
chosen_{{ pass }} as (
    select form, period, unit, measure, side, above, below
    from (
        select
            before.form, before.period, before.unit, before.measure, before.side, way.above, way.below,
            row_number() over (
                partition by before.form, before.period, before.unit, before.measure, before.side, way.settled
                order by before.side * (way.above * before.denominator - way.below * before.numerator) desc nulls last, way.name
            ) as place
        from {{ before }} as before
        inner join way
            on way.form = before.form and way.period = before.period and way.unit = before.unit and way.measure = before.measure
        where before.side * (way.above * before.denominator - way.below * before.numerator) > 0
    ) as moving
    where place = 1
),

pass_{{ pass }} as (
    select
        started.form, started.period, started.unit, started.measure, started.side,
        cast(max(started.numerator) + coalesce(sum(chosen.above), 0) as decimal(20, 6)) as numerator,
        cast(max(started.denominator) + coalesce(sum(chosen.below), 0) as decimal(20, 6)) as denominator
    from started
    left join chosen_{{ pass }} as chosen
        on
            chosen.form = started.form and chosen.period = started.period and chosen.unit = started.unit
            and chosen.measure = started.measure and chosen.side = started.side
    group by started.form, started.period, started.unit, started.measure, started.side
),

{% endfor -%}

ended as (
    select
        figure.form, figure.period, figure.unit, figure.measure, figure.value, figure.kind, figure.factor, figure."minus",
        figure.is_untold, figure.estimated_open, last.side, last.numerator,
        case
            when figure.kind = 'sum' then null
            when figure.kind = 'difference' then figure.denominator
            when last.denominator > 0 then last.denominator
        end as denominator,
        cast(null as decimal(20, 6)) as median,
        cast(null as decimal(20, 6)) as greatest
    from figure
    inner join pass_3 as last
        on
            last.form = figure.form and last.period = figure.period and last.unit = figure.unit and last.measure = figure.measure
),

-- What the cases of a median or greatest case tell at the least and at the most: those that count, and those that may come to count.
told_case as (
    select
        part.form, part.period, part.unit, part.measure, told.line_id as told_case,
        case when not told.is_held then told.contribution end as added_now,
        case when told.is_held then told.contribution end as added_then
    from part
    inner join {{ ref('int_contribution_told') }} as told
        on told.form = part.form and told.period = part.part and told.unit = part.unit
            and told.indicator = part.indicator and told.basis = part.basis
            and told.role = 'numerator' and told.counts_at <> 'county'
    left join open_line on open_line.line_id = told.line_id
    where part.kind in ('median', 'max') and not part.is_retold and (not told.is_held or open_line.is_held)
    union all
    select made.form, made.period, made.unit, made.measure, retold.told_case, retold.added_now, retold.added_then
    from made
    inner join {{ ref('int_case_retold') }} as retold
        on retold.form = made.form and retold.period = made.period and retold.unit = made.unit
            and retold.indicator = made.indicator and retold.basis = made.basis and retold.role = 'numerator'
    where made.kind in ('median', 'max') and made.is_retold
),

ended_case as (
    select
        form, period, unit, measure,
        max(added_now) is not null as is_counted,
        max(added_then) is not null as is_open,
        least(max(added_now), min(added_then)) as least_told,
        greatest(max(added_now), max(added_then)) as most_told
    from told_case
    group by form, period, unit, measure, told_case
),

listed as (
    select
        form, period, unit, measure, bool_or(is_open) as is_open,
        {% for end in ['least', 'most'] -%}
        array_agg({{ end }}_told order by {{ end }}_told) filter (where is_counted) as counted_{{ end }},
        coalesce(array_agg({{ end }}_told order by {{ end }}_told) filter (where not is_counted), cast(array[] as decimal(20, 6)[]))
            as opened_{{ end }}{{ ',' if not loop.last }}
        {% endfor %}
    from ended_case
    group by form, period, unit, measure
),

-- A median lies lowest with some number of the smallest of the open cases beside those that count, highest with some number of the
-- greatest: whichever number moves it farthest.
cased as (
    select
        figure.form, figure.period, figure.unit, figure.measure, figure.value, figure.is_untold,
        case when figure.kind = 'max' then {{ greatest_of('listed.counted_least') }}
            else {{ least_median('listed.counted_least', 'listed.opened_least') }} end as value_low,
        case when figure.kind = 'max' then greatest({{ greatest_of('listed.counted_most') }}, {{ greatest_of('listed.opened_most') }})
            else {{ greatest_median('listed.counted_most', 'listed.opened_most') }}
        end as value_high
    from figure
    inner join listed
        on
            listed.form = figure.form and listed.period = figure.period and listed.unit = figure.unit
            and listed.measure = figure.measure
    where figure.is_untold or listed.is_open
),

missing as (
    select distinct form, period, unit, measure from added where is_missing
),

worked as (
    select
        ended.form, ended.period, ended.unit, ended.measure, ended.value,
        ended.is_untold or missing.form is not null as is_unknown,
        ended.estimated_open <> 0 or opened.form is not null as is_open,
        max(case when ended.side = -1 then {{ worked_out('numerator') }} end) as value_low,
        max(case when ended.side = 1 then {{ worked_out('numerator') }} end) as value_high
    from ended
    left join missing
        on
            missing.form = ended.form and missing.period = ended.period and missing.unit = ended.unit
            and missing.measure = ended.measure
    left join opened
        on
            opened.form = ended.form and opened.period = ended.period and opened.unit = ended.unit and opened.measure = ended.measure
    where ended.kind not in ('median', 'max')
    group by ended.form, ended.period, ended.unit, ended.measure, ended.value, is_unknown, is_open
),

settled as (
    select form, period, unit, measure, value, is_unknown, is_open, value_low, value_high from worked
    union all
    select form, period, unit, measure, value, is_untold as is_unknown, true as is_open, value_low, value_high from cased
)

select
    form,
    period,
    unit,
    measure,
    case when not is_unknown then value_low end as value_low,
    case when not is_unknown then value_high end as value_high
from settled
where is_unknown or (is_open and (value_low is distinct from value or value_high is distinct from value))
