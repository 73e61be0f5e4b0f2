select
    period,
    grain,
    period_year,
    cast(case when grain = 'month' then last_month end as integer) as month_no,
    period_start,
    period_end,
    time_progress,
    time_progress_as_of,
    is_exempt
from {{ ref('int_period') }}
