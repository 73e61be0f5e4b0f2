select
    period,
    grain,
    period_year,
    month_no,
    period_start,
    period_end,
    time_progress,
    time_progress_as_of,
    is_exempt,
    is_over,
    previous_period,
    year_before,
    month_period,
    quarter_period,
    half_period,
    year_period
from {{ ref('int_period_dated') }}
