-- What every approval case adds to its figures: indicators.md 28 and 29; working days and calendar days are never mixed.
with counted as (
    select
        line.*,
        line.used_days is not null and line.limit_days is not null as is_known_with_limit
    from {{ ref('int_approval_known') }} as line
    where line.is_counted_in_period
)

select
    line_id,
    submission_id,
    'approval_case' as form,
    period,
    unit,
    is_held,
    1 as cases_decided_or_overdue,
    case when is_overdue then 1 end as overdue_cases,
    -- What has no limit can be neither in time nor late.
    case when limit_days is not null then case when is_overdue then 1 else 0 end end as overdue_rate,
    case when limit_days is not null then 1 end as overdue_rate__over,
    case when not in_calendar_days then used_days end as used_days_median,
    case when not in_calendar_days then used_days end as used_days_max,
    case when in_calendar_days then used_days end as used_calendar_days_median,
    case when in_calendar_days then used_days end as used_calendar_days_max,
    case when is_known_with_limit and not in_calendar_days then used_days end as used_of_promise,
    case when is_known_with_limit and not in_calendar_days then limit_days end as used_of_promise__over,
    case when is_known_with_limit and in_calendar_days then used_days end as used_of_promise_calendar,
    case when is_known_with_limit and in_calendar_days then limit_days end as used_of_promise_calendar__over
from counted
