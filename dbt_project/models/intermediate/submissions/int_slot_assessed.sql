-- What a period that is judged was owed: the slot itself, or what the slots of its parts come to.
select unit, form, period, is_owed, is_received, counts, status, deadline
from {{ ref('int_slot_with_status') }}
union all
select unit, form, period, is_owed, is_received, counts, status, deadline
from {{ ref('int_slot_rolled') }}
