select
    period,
    part,
    grain,
    part_grain,
    is_last,
    is_over
from {{ ref('int_period_part') }}
