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
        claim.certified_pct,
        claim.certificates = claim.claim_lines and claim.certified_pct <= 100 as has_shares,
        -- A refused return claims, and is never the one that came first.
        row_number() over (
            partition by grouped.form, grouped.period, grouped.claim_key
            order by grouped.is_refused, grouped.received_at, grouped.receipt_order, grouped.line_id
        ) as arrival,
        ruling.ruling as own_ruling,
        ruling.decision as own_decision,
        ruling.share_pct as ruled_pct,
        ruling.decided_by,
        ruling.why,
        ruling.decided_at,
        row_number() over (
            partition by grouped.line_id order by ruling.first_period desc nulls last, ruling.form desc nulls last, ruling.ruling
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
        told.own_ruling is null as is_not_named,
        max(told.own_ruling) over claim as ruling_of_claim,
        setting.unsettled
    from told
    cross join {{ ref('stg_site__setting') }} as setting
    where told.place_of_ruling = 1
    window claim as (partition by told.form, told.period, told.claim_key)
),

shared as (
    select
        *,
        -- Whom a ruling does not name gets nothing by it; what it says to others is told to this unit too.
        case when is_not_named and ruling_of_claim is not null then 'not_named' else own_decision end as decision,
        coalesce(own_ruling, ruling_of_claim) as ruling,
        case
            when ruling_of_claim is not null then 'ruled'
            when has_shares and certified_pct = 100 then 'certified'
            when has_shares then 'short'
            else 'unsettled'
        end as state,
        cast(case
            when has_shares then split_ratio
            when unsettled = 'first' and arrival = 1 then 100
            when unsettled = 'equal' then {{ quotient('100', 'claim_lines') }}
            else 0
        end as decimal(20, 6)) as share_without_ruling
    from ruled
),

credited as (
    select
        *,
        -- Until there is a ruling, shares that were agreed on hold, else cfg.unsettled decides.
        cast(case when state = 'ruled' then coalesce(ruled_pct, 0) else share_without_ruling end as decimal(20, 6)) as share_pct,
        -- What of the project is nobody's: shares that do not sum to 100 leave it.
        cast(case when state = 'short' then 100 - certified_pct else 0 end as decimal(20, 6)) as unassigned_pct
    from shared
)

select
    *,
    case
        when is_refused then '报送被退回，改正重报以前不计入'
        when decision = 'not_named' then '未列入裁定，记0'
        when state = 'ruled' and share_pct = 0 then '裁定不予认可，记0'
        when state = 'ruled' then '裁定计' || {{ plain('share_pct') }} || '%'
        when state = 'certified' then '各家分割比例合计100%'
        when state = 'short'
            then '各家分割比例合计' || {{ plain('certified_pct') }} || '%，其余' || {{ plain('unassigned_pct') }} || '%无归属'
        when share_pct > 0 then '尚未裁定，按设置暂计' || {{ plain('share_pct') }} || '%'
        else '尚未裁定，暂不计入'
    end as reason
from credited
