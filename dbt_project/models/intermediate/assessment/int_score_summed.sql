-- Points added up from the leaves to every node of the tree: as they stand, at the end if nothing more is mended, and at both ends
-- of what open findings allow. A leaf that waits leaves its nodes without a score.
with

above as (
    select
        leaf.scheme,
        leaf.version,
        leaf.period,
        leaf.unit_group,
        leaf.unit,
        ancestor.node,
        sum(leaf.points) as points,
        sum(case when leaf.points is not null then leaf.weight end) as counted_weight,
        sum(case when leaf.status <> 'left_out' then coalesce(leaf.found_points, leaf.points) end) as found_points,
        sum(case when leaf.status not in ('left_out', 'shown') then leaf.weight end) as found_weight,
        sum(leaf.final_points) as final_points,
        sum(case when leaf.final_points is not null then leaf.weight end) as final_weight,
        sum(leaf.low_points) as low_points,
        sum(leaf.high_points) as high_points,
        sum(case when leaf.high_points is not null then leaf.weight end) as ranged_weight,
        count(*) filter (where leaf.status = 'waits') as waiting,
        count(*) filter (where leaf.waits_for_ever) as waiting_for_ever,
        count(*) filter (where leaf.status = 'waits' and leaf.found_points is null) as unknown,
        count(*) filter (where leaf.status in ('flagged', 'deducted', 'zero', 'carried')) as flagged,
        count(*) filter (where leaf.is_mendable and (leaf.is_open or leaf.status = 'waits')) as mendable,
        max(leaf.blocked_until) as open_until,
        max(cast(leaf.is_over as integer)) = 1 as is_over,
        {{ dbt.listagg(
            "case when leaf.status in ('waits', 'flagged', 'deducted', 'zero', 'carried') then leaf.node || ' ' || leaf.reason end",
            "'；'", 'order by leaf.place'
        ) }} as open_reasons
    from {{ ref('int_score_leaf') }} as leaf
    inner join {{ ref('stg_standards__scheme_ancestor') }} as ancestor
        on ancestor.scheme = leaf.scheme and ancestor.version = leaf.version and ancestor.leaf = leaf.node
    group by leaf.scheme, leaf.version, leaf.period, leaf.unit_group, leaf.unit, ancestor.node
),

vetoed as (
    select
        veto.scheme, veto.unit, veto.period,
        min(veto.ruling) as ruling,
        {{ earliest('veto.decided_by', ['veto.ruling']) }} as decided_by
    from {{ ref('stg_standards__veto') }} as veto
    group by veto.scheme, veto.unit, veto.period
),

scored as (
    select
        above.*,
        node.parent,
        node.level_no,
        node.place,
        node.name,
        node.weight,
        node.is_leaf,
        -- A total from too few of its points compares with nobody's.
        node.parent is null and above.waiting = 0 and above.counted_weight * 100 < node.weight * scheme.least_counted_pct as is_too_small,
        scheme.too_few = 'flag' or node.parent is not null as is_any_enough,
        case when above.waiting = 0 then {{ scaled('above.points', 'above.counted_weight') }} end as score_counted,
        case when above.unknown = 0 then {{ scaled('above.found_points', 'above.found_weight') }} end as score_found,
        case when above.waiting_for_ever = 0 then {{ scaled('above.final_points', 'above.final_weight') }} end as score_at_end,
        {{ scaled('above.low_points', 'above.ranged_weight') }} as end_low,
        {{ scaled('above.high_points', 'above.ranged_weight') }} as end_high,
        scheme.least_counted_pct,
        vetoed.ruling as veto_ruling,
        vetoed.decided_by as vetoed_by
    from above
    inner join {{ ref('stg_standards__scheme_node') }} as node
        on node.scheme = above.scheme and node.version = above.version and node.node = above.node
    inner join {{ ref('stg_standards__scheme') }} as scheme on scheme.scheme = above.scheme and scheme.version = above.version
    left join vetoed
        on vetoed.scheme = above.scheme and vetoed.unit = above.unit and vetoed.period = above.period and node.parent is null
),

published as (
    select
        *,
        case when is_any_enough or counted_weight * 100 >= weight * least_counted_pct then score_counted end as score,
        case when is_any_enough or found_weight * 100 >= weight * least_counted_pct then score_found end as provisional_score,
        case when is_any_enough or final_weight * 100 >= weight * least_counted_pct then score_at_end end as final_score
    from scored
)

select
    *,
    least(end_low, score, final_score) as score_low,
    greatest(end_high, score, final_score) as score_high,
    -- Final only when all that the scheme waits for has come, be there nothing more that a unit could mend.
    case when is_over and mendable = 0 and waiting = 0 then 'final' else 'provisional' end as standing
from published
