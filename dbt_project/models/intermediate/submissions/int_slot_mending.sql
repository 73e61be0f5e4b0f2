-- Every slot with the last day on which its unit can still send or mend it: while that day lasts, nothing about it is final.
-- Where the county's calendar does not reach so far, two days count for one: a gate must open some day.
select
    slot.*,
    coalesce(day.blocked_until, slot.deadline + 2 * cast(setting.unfit_days as integer)) as mend_until,
    coalesce(setting.as_of <= coalesce(day.blocked_until, slot.deadline + 2 * cast(setting.unfit_days as integer)), false) as is_mendable
from {{ ref('int_slot_with_status') }} as slot
cross join {{ ref('stg_site__setting') }} as setting
left join {{ ref('int_fitness_day') }} as day
    on day.unit = slot.unit and day.form = slot.form and day.period = slot.period
