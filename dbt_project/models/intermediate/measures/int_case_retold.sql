-- A case of a longer period counts once, as it was last told (int_figure_rolled). A row: what it adds to a figure as things stand, and
-- what it would add if one of its lines that are held back and can still be mended came to count; without such a line, a row with
-- what it adds alone. A line that tells it earlier than one that counts changes nothing.
with

told as (
    select
        part.form, rolled.period, part.unit, part.indicator, part.basis, part.role, part.line_id, part.contribution,
        coalesce(line.business_key, part.line_id) as told_case,
        part.period || ' ' || part.line_id as told_at,
        coalesce(part.is_held, false) as is_held
    from {{ ref('int_contribution_told') }} as part
    inner join {{ ref('indicator') }} as indicator on indicator.indicator = part.indicator and indicator.nature = 'case'
    inner join {{ ref('int_line_with_disposition') }} as line on line.line_id = part.line_id
    inner join {{ ref('stg_standards__form') }} as form on form.form = part.form
    inner join {{ ref('int_period_part') }} as rolled
        on rolled.part = part.period and rolled.part_grain = form.part_grain and rolled.is_over
    left join {{ ref('int_slot_mending') }} as slot
        on slot.unit = part.unit and slot.form = part.form and slot.period = part.period
    where part.counts_at <> 'county'
        and (part.is_held is not true or (line.counts and line.disposition = 'quarantined' and slot.is_mendable))
),

standing as (
    select
        form, period, unit, indicator, basis, role, told_case,
        {{ latest('contribution', ['told_at'], 'not is_held') }} as added_now,
        max(told_at) filter (where not is_held) as told_at
    from told
    group by form, period, unit, indicator, basis, role, told_case
)

select
    standing.form, standing.period, standing.unit, standing.indicator, standing.basis, standing.role, standing.told_case,
    again.line_id,
    cast(standing.added_now as decimal(20, 6)) as added_now,
    cast(again.contribution as decimal(20, 6)) as added_then
from standing
left join told as again
    on
        again.is_held
        and again.form = standing.form and again.period = standing.period and again.unit = standing.unit
        and again.indicator = standing.indicator and again.basis = standing.basis and again.role = standing.role
        and again.told_case = standing.told_case
        and (standing.told_at is null or again.told_at > standing.told_at)
