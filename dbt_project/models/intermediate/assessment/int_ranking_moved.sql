-- Every place beside that of the period before, of the same grain and scheme, and for how many periods running a unit has been
-- the last of its group. Where all share one place, or only one has any, nobody is last.
with

placed as (
    select
        ranking.*,
        period.previous_period,
        period.period_no,
        coalesce(
            ranking.rank_no > 1 and ranking.rank_no = max(ranking.rank_no) over (
                partition by ranking.scheme, ranking.version, ranking.period, ranking.unit_group, ranking.node
            ),
            false
        ) as is_last
    from {{ ref('int_ranking_graded') }} as ranking
    inner join {{ ref('int_period_dated') }} as period on period.period = ranking.period
),

islands as (
    select
        *,
        period_no - row_number() over (partition by scheme, unit_group, node, unit, is_last order by period_no) as island
    from placed
)

select
    now.*,
    case
        when now.is_last then row_number() over (
            partition by now.scheme, now.unit_group, now.node, now.unit, now.is_last, now.island order by now.period_no
        )
        else 0
    end as periods_last,
    earlier.version as previous_version,
    earlier.rank_no as previous_rank_no,
    earlier.score as previous_score
from islands as now
left join {{ ref('int_ranking_graded') }} as earlier
    on
        earlier.scheme = now.scheme
        and earlier.period = now.previous_period
        and earlier.unit_group = now.unit_group
        and earlier.node = now.node
        and earlier.unit = now.unit
