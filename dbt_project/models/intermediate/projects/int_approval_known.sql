-- Approval cases in force, held back or not, with the days they took and had (indicators.md 28, 29).
with ended as (
    select
        line.*,
        known.unit as approving_unit_code,
        coalesce(line.decided_date, line.period_end) as until_date,
        -- The reader leaves the word with what was sent; calendar days and working days are never mixed.
        -- Where nothing was promised (0 days promise nothing) the law says how many, and of which kind.
        case
            when coalesce(line.promised_days, 0) = 0 then coalesce(statutory.in_calendar_days, false)
            else coalesce({{ as_sent('line', 'promised_days') }} like '%自然%', false)
                or coalesce({{ as_sent('line', 'promised_days') }} like '%日历%', false)
        end as in_calendar_days,
        coalesce(nullif(line.promised_days, 0), statutory.limit_days) as limit_days
    from ({{ lines_in_force('approval_case') }}) as line
    left join {{ ref('stg_landed__name') }} as known on known.text = line.approving_unit
    left join {{ ref('statutory_limit') }} as statutory on statutory.matter = line.matter
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
    left join {{ ref('stg_site__workday') }} as first_day on first_day.day = ended.accepted_date
    left join {{ ref('stg_site__workday') }} as last_day
        on last_day.day = ended.until_date and last_day.stretch = first_day.stretch
)

select
    used.*,
    used.decided_date is null as is_pending,
    coalesce(used.used_days > used.limit_days, false) as is_overdue,
    -- indicators.md 29: decided in the period, or pending beyond what was promised.
    case
        when used.decided_date is null then coalesce(used.used_days > used.limit_days, false)
        else coalesce(used.decided_date between period.period_start and period.period_end, false)
    end as is_counted_in_period
from used
left join {{ ref('int_period_dated') }} as period on period.period = used.period
