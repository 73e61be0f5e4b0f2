-- Problems that count, with who must mend them and whether they are closed with evidence (indicators.md 30, 31).
select
    line.*,
    known.unit as responsible_unit_code,
    coalesce(line.closed_date <= line.period_end and line.evidence is not null, false) as is_closed,
    coalesce(line.closed_date is null and line.due_date < line.period_end, false) as is_overdue_open
from {{ ref('stg_rectification') }} as line
left join {{ ref('stg_name') }} as known on known.text = line.responsible_unit
