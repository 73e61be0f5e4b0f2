-- Approval cases that count, with the days they took and had (indicators.md 28, 29).
with ended as (
    select
        line.*,
        known.unit as approving_unit_code,
        coalesce(line.decided_date, line.period_end) as until_date,
        -- The reader leaves the word with what was sent; calendar days and working days are never mixed.
        coalesce({{ as_sent('line', 'promised_days') }} like '%自然%', false)
        or coalesce({{ as_sent('line', 'promised_days') }} like '%日历%', false) as in_calendar_days
    from {{ ref('stg_approval_case') }} as line
    left join {{ ref('stg_name') }} as known on known.text = line.approving_unit
),

used as (
    select
        ended.*,
        cast(
            case
                when ended.in_calendar_days then {{ dbt.datediff('ended.accepted_date', 'ended.until_date', 'day') }}
                else last_day.counted - first_day.counted
            end - coalesce(ended.excluded_days, 0) as decimal(20, 6)
        ) as used_days
    from ended
    left join {{ source('landed', 'workday') }} as first_day on first_day.day = ended.accepted_date
    left join {{ source('landed', 'workday') }} as last_day
        on last_day.day = ended.until_date and last_day.stretch = first_day.stretch
),

-- What was promised; the law's limit where nothing was, and its days are those that were counted.
limited as (
    select used.*, coalesce(used.promised_days, statutory.limit_days) as limit_days
    from used
    left join {{ ref('statutory_limit') }} as statutory
        on statutory.matter = used.matter and statutory.in_calendar_days = used.in_calendar_days
)

select
    used.*,
    used.decided_date is null as is_pending,
    coalesce(used.used_days > used.limit_days, false) as is_overdue,
    -- indicators.md 29: decided in the period, or pending beyond what was promised.
    case
        when used.decided_date is null then coalesce(used.used_days > used.limit_days, false)
        else used.decided_date <= used.period_end
            and extract(year from used.decided_date) = extract(year from used.period_end)
            and extract(month from used.decided_date) = extract(month from used.period_end)
    end as is_counted_in_period
from limited as used
