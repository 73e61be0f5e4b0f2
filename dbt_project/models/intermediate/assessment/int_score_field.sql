-- The field of a leaf that compares the units of a group (rank, distance): everybody whose figure counts, with place, average,
-- and whether anything open may still change the field. Who sent nothing is no part of it.
with

figure as (
    select
        found.*,
        found.reason = 'known' or (found.reason = 'not_fit' and coalesce(policy.policy in ('flag', 'deduct'), false)) as is_compared,
        coalesce(
            found.is_untold
            or found.base_low <> found.base_high
            or found.reason = 'not_verified'
            or (found.is_mendable and found.reason in ('missing', 'not_due', 'not_fit'))
            or (found.is_mendable and found.reason = 'no_denominator' and found.quarantined > 0), false
        ) as is_open
    from {{ ref('int_score_found') }} as found
    left join {{ ref('stg_standards__scheme_policy') }} as policy
        on
            policy.scheme = found.scheme and policy.version = found.version and policy.node = found.node
            and policy.reason = found.reason
    where found.formula in ('rank', 'distance')
),

summed as (
    select
        scheme, version, period, unit_group, node,
        count(*) filter (where is_compared) as compared_units,
        count(*) filter (where reason <> 'not_owed') as expected_units,
        {{ quotient('sum(case when is_compared then base end)', 'count(*) filter (where is_compared)') }} as average,
        max(cast(is_open as integer)) = 1 as is_open,
        max(cast(is_open and is_mendable as integer)) = 1 as is_mendable,
        max(case when is_open and is_mendable then mend_until end) as mend_until
    from figure
    group by scheme, version, period, unit_group, node
),

-- What prints alike shares a place.
placed as (
    select
        *,
        rank() over (
            partition by scheme, version, period, unit_group, node
            order by case polarity when '+' then -round(base, 2) else round(base, 2) end
        ) as rank_no
    from figure
    where is_compared
)

select
    placed.scheme, placed.version, placed.period, placed.unit, placed.node,
    placed.rank_no,
    count(*) over (
        partition by placed.scheme, placed.version, placed.period, placed.unit_group, placed.node, placed.rank_no
    ) as tied_units,
    summed.compared_units,
    summed.average,
    -- Of nothing no percent are told: then what is above it stands at one end, what is below at the other.
    case
        when summed.average <> 0 then {{ percent('placed.base - summed.average', 'abs(summed.average)') }}
        when placed.base > 0 then greatest(placed.zero_at, placed.full_at)
        when placed.base < 0 then least(placed.zero_at, placed.full_at)
        else 0
    end as distance,
    summed.compared_units >= scheme.quorum_units
        and summed.compared_units * 100 >= summed.expected_units * scheme.quorum_pct as has_quorum,
    summed.is_open,
    summed.is_mendable,
    summed.mend_until
from placed
inner join summed
    on
        summed.scheme = placed.scheme and summed.version = placed.version and summed.period = placed.period
        and summed.unit_group = placed.unit_group and summed.node = placed.node
inner join {{ ref('stg_standards__scheme') }} as scheme on scheme.scheme = placed.scheme and scheme.version = placed.version
