-- What was owed and what came of a quarter, half year or year that is over, from the slots of its parts: it came when all its
-- parts came, and is as late as the latest of them.
select
    slot.unit,
    slot.form,
    part.period,
    bool_or(slot.is_owed) as is_owed,
    bool_or(slot.is_received) as is_received,
    bool_and(slot.counts or not slot.is_owed) and bool_or(slot.counts) as counts,
    case
        when bool_or(slot.status = 'owed') then 'owed'
        when bool_or(slot.status = 'missing') then 'missing'
        when bool_or(slot.status = 'late') then 'late'
        when bool_or(slot.status = 'on_time') then 'on_time'
        when bool_or(slot.status = 'withdrawn') then 'withdrawn'
        else 'unexpected'
    end as status,
    max(slot.deadline) as deadline,
    string_agg(case when slot.is_owed and not slot.counts then slot.period end, ' ' order by slot.period) as missing_periods
from {{ ref('int_slot_with_status') }} as slot
inner join {{ ref('stg_standards__form') }} as form on form.form = slot.form
inner join {{ ref('int_period_part') }} as part
    on part.part = slot.period and part.part_grain = form.part_grain and part.is_over
where slot.unit is not null
group by slot.unit, slot.form, part.period
