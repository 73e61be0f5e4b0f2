-- How often the same finding comes again, by unit and rule.
select
    unit,
    rule,
    cast(count(*) as integer) as records,
    cast(sum(times) as integer) as times,
    cast(sum(times - returns - 1) as integer) as repeats,
    cast(sum(returns) as integer) as returns,
    cast(count(*) filter (where returns > 0) as integer) as records_returned,
    cast(count(*) filter (where state = 'mended') as integer) as records_mended,
    cast(count(*) filter (where state <> 'mended') as integer) as records_standing,
    max(last_seen_at) as last_seen_at
from {{ ref('int_issue_followed') }}
group by unit, rule
