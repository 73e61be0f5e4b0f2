-- Investment lines in force, with the part of their project credited to the unit and what the rates ask of them; a line that
-- is held back with the part it would have.
with shared as (
    select
        line.*,
        -- indicators.md section 0, rule 10: a line carries the whole project; no ratio means all of it.
        -- What is settled about a project that several units report comes first (indicators.md 26).
        coalesce(case when not line.is_held or claim.state <> 'unsettled' then claim.share_pct end, line.split_ratio, 100) as share_pct,
        claim.claimants,
        coalesce(claim.claim_key, line.project_key) as shared_key,
        coalesce(claim.share_pct = 0, false) as has_no_share
    from {{ ref('int_investment_project') }} as line
    left join {{ ref('int_claim_settled') }} as claim on claim.line_id = line.line_id
)

select
    line.*,
    cast(coalesce(line.claimants, 1) as integer) as claimed_by,
    {% for amount in [
        'contracted_amount', 'arrived_month', 'arrived_ytd', 'arrived_recognised', 'arrived_ytd_out_of_province',
        'arrived_ytd_foreign_usd',
    ] -%}
    cast(line.{{ amount }} * line.share_pct * 0.01 as decimal(20, 6)) as {{ amount }}_credited,
    {% endfor -%}
    -- What of the project no unit is credited with: shares that leave a part, or whoever has the rest and did not report.
    greatest(0, 100 - sum(line.share_pct) over (partition by line.is_held, line.period, line.shared_key)) as unassigned_pct,
    line.signed_date is not null and coalesce(line.stage, '') <> '终止' as is_signed,
    coalesce(pipeline.negotiated_period <= line.period, false) or line.signed_date is not null
        or (line.is_held and coalesce(line.stage_order >= talks.stage_order, false)) as is_negotiated,
    {{ within_year('line.signed_date') }} as is_signed_in_year,
    {{ within_year('line.actual_start_date') }} as is_started_in_year,
    {{ within_year('line.production_date') }} as is_in_production_in_year,
    coalesce(line.actual_start_date <= line.period_end, false) as is_started,
    coalesce(line.production_date <= line.period_end, false) as is_in_production,
    -- A project that was given up after signing was signed all the same: 15 and 16 keep it, 9 does not.
    coalesce(line.signed_date <= line.period_end, false) as was_signed,
    coalesce(line.signed_date <= line.period_end, false) and coalesce(line.is_continuing, '') <> '续建' as is_to_fulfil,
    coalesce(line.registered_date is not null and line.arrived_since_signing > 0, false)
        and (setting.fulfilment <> 'started' or coalesce(line.actual_start_date <= line.period_end, false)) as is_fulfilled,
    -- The county takes a project that several units share from one of its lines, whole: the largest of those credited.
    1 = row_number() over (
        partition by line.is_held, line.period, line.shared_key
        order by line.has_no_share, line.arrived_ytd desc nulls last, line.line_id
    ) as is_first_of_project
from shared as line
left join {{ ref('int_pipeline_dated') }} as pipeline on pipeline.unit = line.unit and pipeline.project_key = line.project_key
left join {{ ref('int_stage_ordered') }} as talks on talks.stage = '在谈'
cross join {{ ref('stg_site__setting') }} as setting
