-- Every period that is owed, or has begun and was reported, and the longer ones that it is a part of, with how much of the year has
-- passed (indicators.md 3). The calendar itself is written by src/etl/assess/periods.py; here it meets the county's settings.
{% set month_end = dbt.last_day('setting.as_of', 'month') -%}
select
    {{ columns_of(ref('stg_standards__period'), 'period', ['ordinal', 'passed', 'passed_of']) }},
    cast(case when period.grain = 'month' then period.last_month end as integer) as month_no,
    {{ percent('period.passed', 'period.passed_of') }} as time_progress,
    -- Neighbours differ by one; months where January has no bulletin are counted as eleven a year.
    cast(case
        when period.grain = 'month' and setting.january_exempt = 'true' then 11 * period.period_year + period.last_month - 1
        when period.grain = 'month' then 12 * period.period_year + period.last_month
        else period.ordinal
    end as integer) as period_no,
    -- January has no bulletin of its own where the county says so; February covers both months.
    setting.january_exempt = 'true' and period.grain = 'month' and period.last_month = 1 as is_exempt,
    setting.as_of > period.period_end as is_over,
    -- That on the day of the warehouse, and of the period's end once the period is over.
    case
        when setting.as_of >= period.period_end or setting.as_of < period.period_start
            then {{ percent('period.passed', 'period.passed_of') }}
        when setting.mid_month = 'half' then {{ percent('2 * extract(month from setting.as_of) - 1', '24') }}
        else {{ percent(
            '(extract(month from setting.as_of) - 1) * extract(day from ' ~ month_end ~ ') + extract(day from setting.as_of)',
            '12 * extract(day from ' ~ month_end ~ ')'
        ) }}
    end as time_progress_as_of
from {{ ref('stg_standards__period') }} as period
cross join {{ ref('stg_site__setting') }} as setting
-- A file that is dated in a time to come, or that nobody sent, opens no period for the county: it stays listed as unexpected.
where
    period.period_start <= setting.as_of
    or exists (select 1 from {{ ref('stg_site__roster') }} as owed where owed.period = period.period)
