-- For whom figures exist: a unit whose submission counts, and the county (`*`) where anything counts, came or is overdue.
select distinct
    form,
    period,
    unit,
    false as is_partial,
    cast(null as varchar) as missing_units
from {{ ref('stg_landed__submission') }}
where counts

union all

select
    form,
    period,
    '*' as unit,
    max(case when is_owed and not counts then 1 else 0 end) = 1 as is_partial,
    {{ dbt.listagg("case when is_owed and not counts then unit end", "' '", "order by unit") }} as missing_units
from {{ ref('int_slot_with_status') }}
where form is not null and period is not null and unit is not null
group by form, period
having max(case when counts or status in ('on_time', 'late', 'missing') then 1 else 0 end) = 1
