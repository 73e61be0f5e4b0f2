-- What open findings allow of a unit's figure (assessment.md, 区间): every line that is held back counted or not, every claim that
-- nobody settled won or lost, what was estimated confirmed or dropped; each settled for the figure, then against it. Lines
-- and estimates are open while their unit can still mend them, claims until somebody rules. Nothing here knows a form or a figure: what
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

-- What an open line adds to its unit's figures now, and what it would add if it counted or if all of its project were the unit's.
added as (
    select
        part.form, part.period, part.unit, part.indicator, part.basis, part.line_id,
        open_line.is_held,
        {% for way, part in {
            'now': "not part.is_held",
            'then': "(part.is_held or not open_line.is_held)",
        }.items() -%}
        {% set amount = 'part.contribution' if way == 'now' else
            "case when open_line.is_held or part.is_held or not part.is_by_share then part.contribution"
            ~ " else " ~ quotient('100 * part.contribution', 'open_line.share_pct') ~ " end" -%}
        {% for role, name in {'numerator': 'above', 'denominator': 'below'}.items() -%}
        cast(coalesce(sum(case when {{ part }} and part.role = '{{ role }}' then {{ amount }} end), 0) as decimal(20, 6))
            as {{ name }}_{{ way }},
        {% endfor -%}
        {% endfor -%}
        -- A figure that a missing part makes blank has no ends.
        coalesce(bool_or(part.is_held and part.role = 'missing'), false) as is_missing
    from {{ ref('int_contribution_told') }} as part
    inner join open_line on open_line.line_id = part.line_id and (open_line.is_held or part.is_by_share is not null)
    where part.counts_at <> 'county' and part.unit is not null
    group by part.form, part.period, part.unit, part.indicator, part.basis, part.line_id, open_line.is_held
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

figure as (
    select
        figure.*,
        coalesce(slot.is_mendable, false) as is_mendable,
        coalesce(held.lines, 0) > 0 and told.form is null as is_untold,
        counted.indicator is not null as is_counted
    from {{ ref('int_figure') }} as figure
    -- What is set against a target is mended in the form that tells it.
    left join {{ ref('target_indicator') }} as reached
        on figure.kind = 'attained' and figure.basis = reached.indicator || coalesce(reached.suffix, '')
    left join {{ ref('int_slot_mending') }} as slot
        on slot.unit = figure.member and slot.form = coalesce(reached.form, figure.form) and slot.period = figure.period
    left join held
        on held.unit = figure.member and held.form = coalesce(reached.form, figure.form) and held.period = figure.period
    left join told on told.form = figure.form and told.indicator = figure.indicator
    left join {{ ref('counted_rate') }} as counted on counted.indicator = figure.indicator
    where figure.grain = 'unit' and figure.value is not null
),

-- The ways in which a line may be settled, each as what it would change above and below the line. A sum has nothing below it.
way as (
    select
        added.form, added.period, added.unit, figure.measure, added.line_id, way.name,
        case
            when figure.kind = 'difference' then way.above - added.above_now - (way.below - added.below_now)
            else way.above - added.above_now
        end as above,
        case when figure.kind in ('sum', 'difference') then 0 else way.below - added.below_now end as below
    from added
    inner join figure
        on
            figure.form = added.form and figure.period = added.period and figure.member = added.unit
            and figure.indicator = added.indicator and figure.basis = added.basis
    cross join lateral (values
        ('counted', added.above_then, added.below_then),
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
        figure.form, figure.period, figure.member as unit, figure.measure, side.side,
        figure.numerator - case
            when side.side = -1 and (figure.polarity <> '-' or figure.is_mendable) then figure.estimated
            when side.side = 1 and figure.polarity <> '-' and not figure.is_mendable then figure.estimated
            else 0
        end as numerator,
        case when figure.kind in ('sum', 'difference') then 1 else figure.denominator end as denominator
    from figure
    cross join (values (-1), (1)) as side (side)
),

-- Each line is settled in its best way by the quotient as it stands, and by that quotient again: from one pass to the next a rate
-- only moves outwards, and of the few open lines of a unit none is left to turn after the third.
{% for pass in range(1, 4) -%}
{% set before = 'started' if loop.first else 'pass_' ~ (pass - 1) -%}
chosen_{{ pass }} as (
    select
        before.form, before.period, before.unit, before.measure, before.side, way.above, way.below
    from {{ before }} as before
    inner join way
        on way.form = before.form and way.period = before.period and way.unit = before.unit and way.measure = before.measure
    where before.side * (way.above * before.denominator - way.below * before.numerator) > 0
    qualify 1 = row_number() over (
        partition by before.form, before.period, before.unit, before.measure, before.side, way.line_id
        order by before.side * (way.above * before.denominator - way.below * before.numerator) desc, way.name
    )
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
        figure.form, figure.period, figure.member as unit, figure.measure, figure.indicator, figure.basis, figure.value,
        figure.kind, figure.factor, figure."minus", figure.is_untold, figure.is_mendable, last.side, last.numerator,
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
            last.form = figure.form and last.period = figure.period and last.unit = figure.member and last.measure = figure.measure
),

-- What the cases of a median or greatest case tell, in order: those that count, and those that may come to count.
told_case as (
    select
        figure.form, figure.period, figure.member as unit, figure.measure, figure.kind, figure.value, figure.is_untold,
        list(part.contribution order by part.contribution) filter (where not part.is_held) as counted,
        coalesce(list(part.contribution order by part.contribution) filter (where part.is_held and open_line.is_held), []) as opened
    from figure
    inner join {{ ref('int_contribution_told') }} as part
        on
            part.form = figure.form and part.period = figure.period and part.unit = figure.member
            and part.indicator = figure.indicator and part.basis = figure.basis
            and part.role = 'numerator' and part.counts_at <> 'county'
    left join open_line on open_line.line_id = part.line_id
    where figure.kind in ('median', 'max')
    group by all
),

-- The greatest moves by what is greater than all of them. A median lies lowest with some number of the smallest of the open cases
-- beside it, highest with some number of the greatest: whichever number moves it farthest.
cased as (
    select
        form, period, unit, measure, value, is_untold,
        case when kind = 'max' then value else list_min(list_transform(
            range(0, len(opened) + 1), lambda taken: list_aggregate(list_concat(counted, opened[1:taken]), 'median')
        )) end as value_low,
        case when kind = 'max' then greatest(value, opened[-1]) else list_max(list_transform(
            range(0, len(opened) + 1), lambda left_out: list_aggregate(list_concat(counted, opened[left_out + 1:]), 'median')
        )) end as value_high
    from told_case
    where is_untold or len(opened) > 0
),

missing as (
    select distinct form, period, unit, indicator, basis from added where is_missing
),

worked as (
    select
        ended.form, ended.period, ended.unit, ended.measure, ended.value,
        ended.is_untold or missing.form is not null as is_unknown,
        ended.is_mendable or opened.form is not null as is_open,
        max(case when ended.side = -1 then {{ worked_out('numerator') }} end) as value_low,
        max(case when ended.side = 1 then {{ worked_out('numerator') }} end) as value_high
    from ended
    left join missing
        on
            missing.form = ended.form and missing.period = ended.period and missing.unit = ended.unit
            and missing.indicator = ended.indicator and missing.basis = ended.basis
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
