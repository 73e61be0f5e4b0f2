-- Budget items that count, with the unit whose budget it is.
select line.*, known.unit as budget_unit_code
from {{ ref('stg_budget_execution_monthly') }} as line
left join {{ ref('stg_name') }} as known on known.text = line.unit_name
