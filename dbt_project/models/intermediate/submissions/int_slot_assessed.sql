-- What a period that is judged was owed, and until when it can still be mended: the slot itself, or what the slots of its parts
-- come to.
with part as (
    select
        slot.unit,
        slot.form,
        part.period,
        sum(slot.line_total) as line_total,
        sum(slot.quarantined) as quarantined,
        bool_or(slot.is_mendable) as is_mendable,
        max(slot.mend_until) as mend_until
    from {{ ref('int_slot_mending') }} as slot
    inner join {{ ref('stg_standards__form') }} as form on form.form = slot.form
    inner join {{ ref('int_period_part') }} as part
        on part.part = slot.period and part.part_grain = form.part_grain and part.is_over
    group by slot.unit, slot.form, part.period
)

select unit, form, period, is_owed, is_received, counts, status, deadline, line_total, quarantined, is_mendable, mend_until
from {{ ref('int_slot_mending') }}
union all
select
    rolled.unit, rolled.form, rolled.period, rolled.is_owed, rolled.is_received, rolled.counts, rolled.status, rolled.deadline,
    part.line_total, part.quarantined, part.is_mendable, part.mend_until
from {{ ref('int_slot_rolled') }} as rolled
inner join part on part.unit = rolled.unit and part.form = rolled.form and part.period = rolled.period
