-- Every score that was asked of an assessor for a leaf, once any came in: given or lacking, and the points that it adds to the leaf.
with

asked as (
    select
        node.scheme, node.version, node.node, node.weight, node.level_no,
        coalesce(assessor.assessor, '') as assessor,
        coalesce(assessor.share_pct, 100) as share_pct,
        assessor.place
    from {{ ref('stg_standards__scheme_node') }} as node
    left join {{ ref('stg_standards__scheme_assessor') }} as assessor
        on assessor.scheme = node.scheme and assessor.version = node.version and assessor.node = node.node
    where node.source = 'manual'
),

begun as (
    select distinct scheme, indicator as node, unit, period from {{ ref('stg_standards__verified_score') }}
),

given as (
    select
        asked.*, begun.unit, begun.period, verified.score, verified.ruling, verified.decided_by,
        -- Who is lacking counts as the scheme says of a score that is not verified.
        policy.policy,
        sum(case when verified.score is not null then asked.share_pct end) over (
            partition by asked.scheme, asked.version, asked.node, begun.unit, begun.period
        ) as given_pct
    from asked
    inner join begun on begun.scheme = asked.scheme and begun.node = asked.node
    left join {{ ref('stg_standards__verified_score') }} as verified
        on
            verified.scheme = asked.scheme and verified.indicator = asked.node and verified.unit = begun.unit
            and verified.period = begun.period and verified.assessor = asked.assessor
    left join {{ ref('stg_standards__scheme_policy') }} as policy
        on
            policy.scheme = asked.scheme and policy.version = asked.version and policy.node = asked.node
            and policy.reason = 'not_verified'
)

select
    *,
    case when policy = 'leave_out' then given_pct else 100 end as divisor,
    {{ quotient(
        "case when policy = 'zero' then coalesce(score, 0) else score end * share_pct",
        "case when policy = 'leave_out' then given_pct else 100 end"
    ) }} as points
from given
where given_pct > 0
