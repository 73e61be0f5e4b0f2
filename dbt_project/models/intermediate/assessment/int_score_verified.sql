-- The verified score of a leaf, of several assessors their weighted mean: who is lacking counts for nothing, is left out, or keeps
-- the leaf waiting, by the scheme's policy; the ends are those of the lacking scores being nothing or full.
select
    scheme, version, node, unit, period,
    case
        when max(given_pct) = 100 or max(policy) in ('zero', 'leave_out') then {{ quotient('sum(score * share_pct)', 'max(divisor)') }}
    end as score,
    max(given_pct) < 100 as is_partial,
    {{ quotient('sum(score * share_pct)', '100') }} as score_low,
    {{ quotient('sum(coalesce(score, weight) * share_pct)', '100') }} as score_high,
    case when count(*) = 1 then max(ruling) end as ruling,
    case when count(*) = 1 then max(decided_by) end as decided_by,
    {{ told_by_assessors() }} as told_by
from {{ ref('int_score_assessor') }}
group by scheme, version, node, unit, period
