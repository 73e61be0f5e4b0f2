select
    claim.period,
    claim.project_key,
    claim.unit,
    claim.claimed_by,
    claim.claiming_units,
    claim.share_pct,
    claim.share_total_pct,
    claim.is_settled,
    claim.contracted_amount,
    claim.arrived_ytd,
    claim.credited_pct,
    cast(claim.contracted_amount * claim.credited_pct * 0.01 as decimal(20, 6)) as credited_amount,
    cast(claim.arrived_ytd * claim.credited_pct * 0.01 as decimal(20, 6)) as credited_arrived_ytd,
    {{ origin('claim') }}
from {{ ref('int_project_claim') }} as claim
