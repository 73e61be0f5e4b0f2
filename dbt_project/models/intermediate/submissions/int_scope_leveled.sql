-- For whom figures exist at the levels that owe them: units, the county, and a unit with all that lies under it (branch),
-- which lacks what any of them owes and did not bring.
select form, period, case when unit = '*' then 'county' else 'unit' end as grain, unit as member, is_partial, missing_units
from {{ ref('int_scope_resolved') }}

union all

select
    slot.form,
    slot.period,
    'branch' as grain,
    level.branch as member,
    max(case when slot.is_owed and not slot.counts then 1 else 0 end) = 1 as is_partial,
    {{ dbt.listagg("case when slot.is_owed and not slot.counts then slot.unit end", "' '", "order by slot.unit") }} as missing_units
from {{ ref('int_slot_with_status') }} as slot
inner join {{ ref('int_unit_branch') }} as level on level.unit = slot.unit
where slot.form is not null and slot.period is not null
group by slot.form, slot.period, level.branch
having max(case when slot.counts or slot.status in ('on_time', 'late', 'missing') then 1 else 0 end) = 1
