-- Each extension with the slot it is for.
select
    extension.decision,
    extension.unit,
    extension.form,
    extension.period,
    extension.deadline,
    slot.extended_from,
    extension.reason,
    extension.granted_by,
    extension.granted_at,
    slot.status
from {{ ref('stg_site__extension') }} as extension
left join {{ ref('int_slot_with_status') }} as slot
    on slot.unit = extension.unit and slot.form = extension.form and slot.period = extension.period
