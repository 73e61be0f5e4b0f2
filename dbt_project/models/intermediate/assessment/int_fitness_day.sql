-- Until when a unit can mend data that are not fit: so many working days (unfit_days) after the deadline or the last version
-- received, whichever is later; of a longer period as long as of the last of its parts. NULL where the county's calendar does
-- not reach so far.
with last_sent as (
    select unit, form, period, cast(max(received_at) as date) as received_on
    from {{ ref('stg_landed__submission') }}
    where is_placed
    group by unit, form, period
),

anchored as (
    select
        coalesce(slot.unit, sent.unit) as unit,
        coalesce(slot.form, sent.form) as form,
        coalesce(slot.period, sent.period) as period,
        greatest(coalesce(slot.deadline, sent.received_on), coalesce(sent.received_on, slot.deadline)) as anchor
    from (select unit, form, period, deadline from {{ ref('int_slot_with_status') }} where deadline is not null) as slot
    full outer join last_sent as sent on sent.unit = slot.unit and sent.form = slot.form and sent.period = slot.period
),

own as (
    select anchored.unit, anchored.form, anchored.period, min(until.day) as blocked_until
    from anchored
    cross join {{ ref('stg_site__setting') }} as setting
    inner join {{ ref('stg_site__workday') }} as begun on begun.day = anchored.anchor
    left join {{ ref('stg_site__workday') }} as until
        on until.stretch = begun.stretch and until.day > begun.day and until.counted = begun.counted + cast(setting.unfit_days as integer)
    group by anchored.unit, anchored.form, anchored.period
)

select unit, form, period, blocked_until from own
union all
select own.unit, own.form, part.period, max(own.blocked_until) as blocked_until
from own
inner join {{ ref('stg_standards__form') }} as form on form.form = own.form
inner join {{ ref('int_period_part') }} as part on part.part = own.period and part.part_grain = form.part_grain and part.is_over
group by own.unit, own.form, part.period
