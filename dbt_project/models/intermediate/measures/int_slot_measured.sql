-- What every form that is owed adds to the figures of reporting (indicators.md 33). What is not yet due is not yet owed.
select
    cast(null as varchar) as line_id,
    submission_id,
    slot_id,
    form,
    period,
    unit,
    false as is_held,
    1 as slots_expected,
    case when is_received then 1 else 0 end as slots_received,
    case when status = 'on_time' then 1 else 0 end as slots_on_time,
    case when status = 'on_time' then 1 else 0 end as timeliness_rate,
    1 as timeliness_rate__over
from {{ ref('int_slot_with_status') }}
where is_owed and status not in ('owed', 'withdrawn')
