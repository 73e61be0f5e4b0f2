-- What each ruling on a claim changes: the amounts credited to the unit, and the points of the leaves that feed on them.
with

change as (
    select
        claim.form,
        claim.period,
        claim.claim_key,
        claim.claimant as unit,
        claim.unit as reporting_unit,
        min(claim.decision) as decision,
        min(claim.ruling) as ruling,
        min(claim.reason) as reason,
        max(claim.share_without_ruling) as share_before,
        max(claim.share_pct) as share_after,
        sum(coalesce(claim.amount, 0) * claim.share_without_ruling * 0.01) as amount_before,
        sum(coalesce(claim.amount, 0) * claim.share_pct * 0.01) as amount_after,
        sum(coalesce(claim.second_amount, 0) * claim.share_without_ruling * 0.01) as second_before,
        sum(coalesce(claim.second_amount, 0) * claim.share_pct * 0.01) as second_after
    from {{ ref('int_claim_settled') }} as claim
    where claim.state = 'ruled'
    group by claim.form, claim.period, claim.claim_key, claim.claimant, claim.unit
),

-- A rate against a target loses or gains the share of the target; a completion rate moves with plan and result.
leaf as (
    select
        leaf.*,
        change.claim_key,
        change.form as claim_form,
        case
            when leaf.measure like 'target\_rate\_%' escape '\' then leaf.earning - {{ percent(
                "case when leaf.measure like '%recognised' then change.second_after - change.second_before"
                " else change.amount_after - change.amount_before end",
                'leaf.target_amount'
            ) }}
            else {{ percent('ytd.value_without_estimates - (change.amount_after - change.amount_before)',
                            'plan.value - (change.second_after - change.second_before)') }}
        end as value_before
    from change
    inner join {{ ref('int_score_leaf') }} as leaf
        on
            leaf.unit = change.reporting_unit
            and leaf.period = change.period
            and leaf.source = 'measure'
            and leaf.value is not null
            and leaf.formula not in ('rank', 'distance')  -- moved by what others have, too
            and (
                (change.form = 'investment_monthly' and leaf.measure in ('target_rate_到位资金_recognised', 'target_rate_到位资金_reported'))
                or (change.form = 'key_project_monthly' and leaf.measure in ('completion_rate', 'target_rate_固定资产投资'))
            )
    left join {{ ref('fct_measure') }} as ytd
        on ytd.form = change.form and ytd.period = change.period and ytd.unit = change.reporting_unit and ytd.measure = 'completed_ytd'
    left join {{ ref('fct_measure') }} as plan
        on plan.form = change.form and plan.period = change.period and plan.unit = change.reporting_unit and plan.measure = 'annual_plan'
),

based as (
    select
        leaf.*,
        case leaf.against
            when 'time' then {{ against_time('leaf.value_before', 'leaf.time_progress') }}
            else leaf.value_before
        end as base_before
    from leaf
),

-- The band that the figure would have fallen into.
banded as (
    select
        based.*,
        band.points as step_before,
        row_number() over (
            partition by based.claim_form, based.claim_key, based.period, based.unit, based.scheme, based.version, based.node
            order by case when {{ less_is_better('based') }} then band.edge else -band.edge end
        ) as band_place
    from based
    left join {{ ref('stg_standards__scheme_band') }} as band
        on {{ passes('band', 'based', 'based.base_before') }}
),

scored as (
    select
        claim_form, claim_key, period, unit, scheme, version,
        sum(found_points) as points_after,
        sum({{ points('banded', 'banded.base_before', 'coalesce(banded.step_before, 0)') }}) as points_before
    from banded
    where band_place = 1
    group by claim_form, claim_key, period, unit, scheme, version
)

select
    change.form,
    change.period,
    change.claim_key,
    change.unit,
    change.decision,
    change.ruling,
    change.reason,
    cast(change.share_before as decimal(20, 6)) as share_before,
    cast(change.share_after as decimal(20, 6)) as share_after,
    cast(change.amount_before as decimal(20, 6)) as amount_before,
    cast(change.amount_after as decimal(20, 6)) as amount_after,
    cast(change.amount_after - change.amount_before as decimal(20, 6)) as amount_change,
    scored.scheme,
    scored.version,
    cast(scored.points_before as decimal(20, 6)) as points_before,
    cast(scored.points_after as decimal(20, 6)) as points_after,
    cast(scored.points_after - scored.points_before as decimal(20, 6)) as points_change
from change
left join scored
    on
        scored.claim_form = change.form
        and scored.claim_key = change.claim_key
        and scored.period = change.period
        and scored.unit = change.reporting_unit
