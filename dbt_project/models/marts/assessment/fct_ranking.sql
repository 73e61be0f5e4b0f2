select
    place.scheme,
    place.version,
    place.period,
    place.unit_group,
    place.node,
    place.node_name,
    place.unit,
    place.ranked_by,
    place.figure,
    place.score,
    place.grade,
    place.rank_no,
    place.tied_units,
    place.rank_best,
    place.rank_worst,
    place.ranked_units,
    place.expected_units,
    place.has_quorum,
    place.is_provisional,
    place.missing_units,
    place.missing_names,
    place.standing,
    place.open_until,
    place.score_low,
    place.score_high,
    place.final_score,
    place.reason,
    place.provisional_figure,
    place.provisional_rank_no,
    place.tie_value,
    place.is_vetoed,
    disputed.node is not null as is_disputed
from {{ ref('int_ranking_graded') }} as place
left join (
    -- An objection to any indicator is one to the total too.
    select distinct scheme, period, unit, unnest(array[node, '总分']) as node
    from {{ ref('stg_standards__objection') }}
    where decision is null
) as disputed
    on
        disputed.scheme = place.scheme
        and disputed.period = place.period
        and disputed.unit = place.unit
        and disputed.node = place.node
