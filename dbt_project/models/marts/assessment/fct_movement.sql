select
    scheme,
    version,
    period,
    unit_group,
    node,
    node_name,
    unit,
    rank_no,
    score,
    previous_period,
    previous_version,
    previous_rank_no,
    previous_score,
    previous_rank_no - rank_no as rank_change,
    cast(score - previous_score as decimal(20, 6)) as score_change,
    is_last,
    cast(periods_last as integer) as periods_last
from {{ ref('int_ranking_moved') }}
