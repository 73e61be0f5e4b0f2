-- Problems that count, with who must mend them and whether they are closed with evidence (indicators.md 30 to 32).
with asked as (
    select line_id from {{ ref('stg_issue') }} where rule = 'P47' group by line_id
)

select
    line.*,
    known.unit as responsible_unit_code,
    coalesce(line.closed_date <= line.period_end and line.evidence is not null, false) as is_closed,
    coalesce(line.closed_date is null and line.due_date < line.period_end, false) as is_overdue_open,
    asked.line_id is not null as is_suspected_rebound,
    case when line.closed_date is null then {{ dbt.datediff('line.period_end', 'line.due_date', 'day') }} end as days_to_due,
    case
        when line.closed_date is not null or line.due_date is null then null
        when line.due_date < line.period_end then '超期'
        when {{ dbt.datediff('line.period_end', 'line.due_date', 'day') }} <= 10 then '10天内'
        when {{ dbt.datediff('line.period_end', 'line.due_date', 'day') }} <= 20 then '11-20天'
        else '20天以上'
    end as due_bucket
from {{ ref('stg_rectification') }} as line
left join {{ ref('stg_name') }} as known on known.text = line.responsible_unit
left join asked on asked.line_id = line.line_id
