select * from {{ ref('int_issue_located') }}
union all
-- Found on the warehouse itself, after what was sent was judged.
select * from {{ ref('int_ranking_gap') }}
