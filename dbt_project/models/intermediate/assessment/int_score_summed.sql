-- Points added up from the leaves to every node of the tree; what waits leaves a node without a score, never with a zero.
with

above as (
    select
        leaf.scheme,
        leaf.version,
        leaf.period,
        leaf.unit_group,
        leaf.unit,
        ancestor.node,
        sum(case when leaf.status in ('scored', 'flagged') then leaf.found_points end) as points,
        sum(case when leaf.status in ('scored', 'flagged') then leaf.weight end) as counted_weight,
        sum(case when leaf.status <> 'left_out' then leaf.found_points end) as found_points,
        sum(case when leaf.status not in ('left_out', 'shown') then leaf.weight end) as found_weight,
        count(case when leaf.status = 'waits' then 1 end) as waiting,
        count(case when leaf.status = 'waits' and leaf.found_points is null then 1 end) as unknown,
        count(case when leaf.status = 'flagged' then 1 end) as flagged,
        {{ dbt.listagg(
            "case when leaf.status in ('waits', 'flagged') then leaf.node || ' ' || leaf.reason end", "'；'", 'order by leaf.place'
        ) }} as open_reasons
    from {{ ref('int_score_leaf') }} as leaf
    inner join {{ ref('stg_standards__scheme_ancestor') }} as ancestor
        on ancestor.scheme = leaf.scheme and ancestor.version = leaf.version and ancestor.leaf = leaf.node
    group by leaf.scheme, leaf.version, leaf.period, leaf.unit_group, leaf.unit, ancestor.node
),

vetoed as (
    select veto.scheme, veto.unit, veto.period, min(veto.ruling) as ruling
    from {{ ref('stg_standards__veto') }} as veto
    group by veto.scheme, veto.unit, veto.period
)

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
    case when above.waiting = 0 and above.counted_weight > 0
        and (node.parent is not null or above.counted_weight * 100 >= node.weight * scheme.least_counted_pct)
        then {{ quotient('node.weight * above.points', 'above.counted_weight') }} end as score,
    case when above.unknown = 0 and above.found_weight > 0
        and (node.parent is not null or above.found_weight * 100 >= node.weight * scheme.least_counted_pct)
        then {{ quotient('node.weight * above.found_points', 'above.found_weight') }} end as provisional_score,
    vetoed.ruling as veto_ruling
from above
inner join {{ ref('stg_standards__scheme_node') }} as node
    on node.scheme = above.scheme and node.version = above.version and node.node = above.node
inner join {{ ref('stg_standards__scheme') }} as scheme on scheme.scheme = above.scheme and scheme.version = above.version
left join vetoed
    on vetoed.scheme = above.scheme and vetoed.unit = above.unit and vetoed.period = above.period and node.parent is null
