-- How often the same finding comes again, by unit and rule.
select
    unit,
    rule,
    cast(count(*) as integer) as records,
    cast(sum(times) as integer) as times,
    cast(sum(times - returns - 1) as integer) as repeats,
    cast(sum(returns) as integer) as returns,
    cast(count(case when returns > 0 then 1 end) as integer) as records_returned,
    cast(count(case when state = 'mended' then 1 end) as integer) as records_mended,
    cast(count(case when state <> 'mended' then 1 end) as integer) as records_standing,
    max(last_seen_at) as last_seen_at
from {{ ref('int_issue_followed') }}
group by unit, rule
