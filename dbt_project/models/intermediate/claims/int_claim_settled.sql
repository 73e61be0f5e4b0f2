-- Lines of one period in which several units report the same project, and what each is credited (indicators.md 26).
with

-- One code, or one firm and name (P18): chained over both.
chained as (
    select *, min(project_key) over (partition by form, period, firm_and_name) as by_firm
    from {{ ref('int_claim_line') }}
),

grouped as (
    select *, min(by_firm) over (partition by form, period, project_key) as claim_key from chained
),

claim as (
    select
        form,
        period,
        claim_key,
        count(distinct claimant) as claimants,
        count(*) as claim_lines,
        count(split_ratio) as certificates,
        sum(split_ratio) as certified_pct,
        min(project_code) as one_code
    from grouped
    group by form, period, claim_key
    having count(distinct claimant) > 1
),

told as (
    select
        grouped.*,
        claim.claimants,
        claim.claim_lines,
        claim.certificates = claim.claim_lines and claim.certified_pct <= 100 as is_certified,
        row_number() over (
            partition by grouped.form, grouped.period, grouped.claim_key
            order by grouped.received_at, grouped.receipt_order, grouped.line_id
        ) as arrival,
        ruling.ruling,
        ruling.decision,
        ruling.share_pct as ruled_pct,
        ruling.decided_by,
        ruling.why,
        ruling.decided_at,
        row_number() over (
            partition by grouped.line_id order by ruling.first_period desc, ruling.form desc, ruling.ruling
        ) as place_of_ruling
    from grouped
    inner join claim
        on claim.form = grouped.form and claim.period = grouped.period and claim.claim_key = grouped.claim_key
    left join {{ ref('stg_standards__claim_ruling') }} as ruling
        on
            ruling.project_key in (grouped.claim_key, grouped.project_key, grouped.natural_key)
            and ruling.unit = grouped.claimant
            and ruling.form in ('', grouped.form)
            and grouped.period >= ruling.first_period
            and (ruling.last_period = '' or grouped.period <= ruling.last_period)
),

ruled as (
    select
        told.*,
        max(case when told.ruling is not null then 1 else 0 end)
            over (partition by told.form, told.period, told.claim_key) = 1 as is_ruled,
        setting.unsettled
    from told
    cross join {{ ref('stg_site__setting') }} as setting
    where told.place_of_ruling = 1
)

select
    ruled.*,
    case when is_ruled then 'ruled' when is_certified then 'certified' else 'unsettled' end as state,
    -- Whom a ruling does not name gets nothing; until there is one, cfg.unsettled decides.
    cast(case when is_ruled then coalesce(ruled_pct, 0) else share_without_ruling end as decimal(20, 6)) as share_pct
from (
    select
        *,
        cast(case
            when is_certified then split_ratio
            when unsettled = 'first' and arrival = 1 then 100
            when unsettled = 'equal' then {{ quotient('100', 'claim_lines') }}
            else 0
        end as decimal(20, 6)) as share_without_ruling
    from ruled
) as ruled
