-- The grade goes by the unrounded score (indicators.md 39). Points carry six decimals, so sums are compared at four:
-- 79.995 is below 80, three thirds of 80 are not. A veto that a named person applied makes it the lowest.
with graded as (
    select
        ranking.scheme, ranking.version, ranking.period, ranking.unit, ranking.node, grade.grade,
        row_number() over (
            partition by ranking.scheme, ranking.version, ranking.period, ranking.unit
            order by case when ranking.is_vetoed then grade.cut else -grade.cut end
        ) as place
    from {{ ref('int_ranking_placed') }} as ranking
    inner join {{ ref('stg_standards__scheme_grade') }} as grade
        on grade.scheme = ranking.scheme and grade.version = ranking.version
            and (ranking.is_vetoed or grade.cut <= round(ranking.figure, 4))
    where ranking.parent is null and not ranking.is_too_small
)

select
    ranking.scheme,
    ranking.version,
    ranking.period,
    ranking.unit_group,
    ranking.node,
    ranking.name as node_name,
    ranking.unit,
    ranking.ranked_by,
    cast(ranking.figure as decimal(20, 6)) as figure,
    ranking.published_figure as score,
    graded.grade,
    cast(ranking.rank_no as integer) as rank_no,
    cast(ranking.ranked_units as integer) as ranked_units,
    cast(ranking.expected_units as integer) as expected_units,
    cast(ranking.tied_units as integer) as tied_units,
    cast(ranking.rank_best as integer) as rank_best,
    cast(ranking.rank_worst as integer) as rank_worst,
    ranking.has_quorum,
    -- A place may still move while somebody expected has none, or while anything of the unit's own is open.
    ranking.ranked_units < ranking.expected_units or ranking.standing = 'provisional'
        or coalesce(ranking.rank_best < ranking.rank_worst, false)
        as is_provisional,
    ranking.missing_units,
    ranking.missing_names,
    ranking.standing,
    ranking.open_until,
    cast(round(ranking.score_low, 2) as decimal(20, 6)) as score_low,
    cast(round(ranking.score_high, 2) as decimal(20, 6)) as score_high,
    cast(round(ranking.final_score, 2) as decimal(20, 6)) as final_score,
    ranking.reason,
    cast(ranking.provisional_figure as decimal(20, 6)) as provisional_figure,
    cast(ranking.provisional_rank_no as integer) as provisional_rank_no,
    ranking.tie_value,
    ranking.is_vetoed
from {{ ref('int_ranking_placed') }} as ranking
left join graded
    on
        graded.place = 1
        and graded.scheme = ranking.scheme
        and graded.version = ranking.version
        and graded.period = ranking.period
        and graded.unit = ranking.unit
        and graded.node = ranking.node
