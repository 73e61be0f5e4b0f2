select
    period,
    grain,
    period_year,
    month_no,
    period_start,
    period_end,
    time_progress,
    time_progress_as_of,
    is_over,
    is_exempt
from {{ ref('int_period_dated') }}
