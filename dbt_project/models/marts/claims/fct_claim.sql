with

claim as (select * from {{ ref('int_claim_settled') }}),

-- The lines of the others, the one that is credited most first.
other as (
    select
        claim.line_id,
        (array_agg(other.line_id order by other.share_pct desc nulls last, other.line_id))[1] as line_id_of_other,
        string_agg(
            coalesce(unit.name, other.claimant) || ' ' || {{ plain('other.share_pct') }} || '%', '；'
            order by other.share_pct desc nulls last, other.line_id
        ) as others
    from claim
    inner join claim as other
        on
            other.form = claim.form
            and other.period = claim.period
            and other.claim_key = claim.claim_key
            and other.claimant <> claim.claimant
    left join {{ ref('stg_site__unit') }} as unit on unit.unit = other.claimant
    group by claim.line_id
)

select
    claim.form,
    claim.period,
    claim.claim_key,
    claim.claimant as unit,
    claim.project_key,
    claim.project_code,
    claim.project_name,
    claim.owner_name,
    claim.owner_uscc,
    claim.place,
    cast(claim.claimants as integer) as claimants,
    claim.state,
    claim.decision,
    claim.reason,
    claim.share_pct,
    claim.unassigned_pct,
    other.others,
    claim.split_ratio,
    claim.amount,
    cast(case when claim.is_refused then 0 else claim.amount * claim.share_pct * 0.01 end as decimal(20, 6)) as credited_amount,
    claim.whole_amount,
    claim.since_date,
    claim.received_at as claimed_at,
    cast(claim.arrival as integer) as claim_order,
    claim.quality_status = 'quarantined' or claim.is_refused as is_held_back,
    claim.ruling,
    claim.decided_by,
    claim.why,
    claim.decided_at,
    other.line_id_of_other as other_line_id,
    claim.line_id,
    claim.submission_id,
    claim.file,
    claim.sheet,
    claim.row_no,
    claim.cells
from claim
left join other on other.line_id = claim.line_id
