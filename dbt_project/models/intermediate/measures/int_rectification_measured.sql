-- What every problem found adds to the figures of mending: indicators.md 30 to 32.
with line as (
    select line.*, line.due_date between period.period_start and period.period_end as is_due_in_period
    from {{ ref('int_rectification_known') }} as line
    inner join {{ ref('int_period_dated') }} as period on period.period = line.period
)

select
    line_id,
    submission_id,
    'rectification' as form,
    period,
    unit,
    is_held,
    amount,
    case when is_closed then 1 end as problems_closed,
    case when is_closed then 1 else 0 end as closure_rate,
    1 as closure_rate__over,
    case when is_closed then amount when amount is not null then 0 end as closure_rate_amount,
    amount as closure_rate_amount__over,
    case when is_due_in_period then case when is_closed then 1 else 0 end end as closure_rate_due,
    case when is_due_in_period then 1 end as closure_rate_due__over,
    case when is_overdue_open then 1 end as overdue_open,
    case when due_bucket = '10天内' then 1 end as open_due_in__10_days,
    case when due_bucket = '11-20天' then 1 end as open_due_in__20_days,
    case when due_bucket = '20天以上' then 1 end as open_due_in__more_days,
    case when is_rebound then 1 when is_closed then 0 end as rebound_rate,
    case when is_closed then 1 end as rebound_rate__over,
    case when is_suspected_rebound then 1 end as rebound_suspected
from line
