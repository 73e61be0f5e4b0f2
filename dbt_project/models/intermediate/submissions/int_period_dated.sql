-- Every period that is owed or was reported, with its days and how much of its year has passed (indicators.md 3).
with

named as (
    select period from {{ ref('stg_site__roster') }}
    union
    select period from {{ ref('stg_landed__submission') }} where period is not null
),

-- The number of the period's last month: 2024-03 → 3, 2024-Q1 → 3, 2024-H1 → 6, 2024 → 12.
dated as (
    select
        period,
        cast(substring(period, 1, 4) as integer) as period_year,
        case
            when substring(period, 6, 1) = 'Q' then 'quarter'
            when substring(period, 6, 1) = 'H' then 'half'
            when length(period) = 4 then 'year'
            else 'month'
        end as grain,
        case
            when substring(period, 6, 1) = 'Q' then 3 * cast(substring(period, 7, 1) as integer)
            when substring(period, 6, 1) = 'H' then 6 * cast(substring(period, 7, 1) as integer)
            when length(period) = 4 then 12
            else cast(substring(period, 6, 2) as integer)
        end as last_month,
        case
            when substring(period, 6, 1) = 'Q' then 3
            when substring(period, 6, 1) = 'H' then 6
            when length(period) = 4 then 12
            else 1
        end as months
    from named
),

ended as (
    select
        dated.*,
        make_date(period_year, 1 + last_month - months, 1) as period_start,
        last_day(make_date(period_year, last_month, 1)) as period_end
    from dated
)

select
    ended.*,
    cast(case when grain = 'month' then last_month end as integer) as month_no,
    {{ percent('last_month', '12') }} as time_progress,
    -- Months counted through; where January has no bulletin, February follows December.
    case when setting.january_exempt = 'true' then 11 * period_year + last_month - 1 else 12 * period_year + last_month end as month_index,
    -- January has no bulletin of its own where the county says so; February covers both months.
    setting.january_exempt = 'true' and grain = 'month' and last_month = 1 as is_exempt,
    setting.as_of > period_end as is_over,
    -- That on the day of the warehouse, and of the period's end once the period is over.
    case
        when setting.as_of >= period_end or setting.as_of < period_start then {{ percent('last_month', '12') }}
        when setting.mid_month = 'half' then {{ percent('2 * extract(month from setting.as_of) - 1', '24') }}
        else {{ percent(
            '(extract(month from setting.as_of) - 1) * extract(day from last_day(setting.as_of)) + extract(day from setting.as_of)',
            '12 * extract(day from last_day(setting.as_of))'
        ) }}
    end as time_progress_as_of
from ended
cross join {{ ref('stg_site__setting') }} as setting
