select
    scheme,
    version,
    period,
    unit_group,
    unit,
    issue_no,
    score,
    score_after,
    cast(score_after - score as decimal(20, 6)) as score_change,
    rank_no,
    rank_after,
    '得分' || {{ plain('score') }} || '→' || {{ plain('score_after') }}
        || case when rank_after <> rank_no then '，名次' || rank_no || '→' || rank_after else '' end as told
from {{ ref('int_issue_scored') }}
where score_after <> score or rank_after <> rank_no
