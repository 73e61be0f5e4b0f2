select
    period,
    unit,
    subject,
    subject_key,
    subject_name,
    rate,
    time_progress,
    quotient,
    gap_pp,
    light_scheme,
    case level
        when 1 then 'best' when 2 then 'middle' when 3 then 'worst'
        when 0 then case when is_pending then 'pending' else 'none' end
        else case when is_not_due then 'not_due' else 'none' end
    end as level,
    colour,
    cast(case when level is not null and colour is not null then periods_in_colour end as integer) as periods_in_colour,
    is_start_missed,
    cast(start_missed_periods as integer) as start_missed_periods,
    case
        when is_pending then '有未改正的错误，数据待核'
        when is_not_due then coalesce(not_due, '年初不按时序亮灯，未到期')
        when level is null then '不亮灯'
        when rate is null and level = 0 then '没有可比数据'
        else concat_ws(
            '；',
            case when rate is not null then '完成率' || {{ plain('rate') }} || '%，时序' || {{ plain('time_progress') }} || '%，为时序的'
                || {{ plain('quotient') }} || '%，' || {{ ahead_or_behind('gap_pp') }} end,
            case when is_start_missed then '到期未开工，连续' || start_missed_periods || '期' end,
            case when stage = '停工' then '停工' end
        )
    end as because,
    line_id
from {{ ref('int_light_coloured') }}
