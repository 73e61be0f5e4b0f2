-- What every line of investment attracted adds to its figures: indicators.md 8 to 12, 14 to 16, 18, 19, 23, 42. Amounts are
-- those of the whole project; the seed measure_column says which of them a unit has by its share.
with line as (
    select
        line.*,
        period.last_month = 12 as is_december,
        setting.arrival_rate in ('contract', 'fixed') and line.is_signed as is_set_against_contract,
        setting.arrival_rate = 'fixed' as is_set_against_fixed_assets,
        setting.arrival_rate in ('target', 'issued') as is_set_against_money_asked,
        setting.production_rate = 'investment' and line.is_started as is_in_production_base,
        setting.out_of_province_foreign = 'true' as is_foreign_out_of_province,
        coalesce(line.fixed_asset_amount, line.contracted_amount) as amount_in_full
    from {{ ref('int_investment_known') }} as line
    inner join {{ ref('int_period_dated') }} as period on period.period = line.period
    cross join {{ ref('stg_site__setting') }} as setting
)

select
    line_id,
    submission_id,
    'investment_monthly' as form,
    period,
    unit,
    is_held,
    is_first_of_project,
    share_pct,
    coalesce(stage, '未注明') as basis,

    -- Sums: what the lines of a unit say of its projects, and beside it what is credited to it.
    contracted_amount,
    fixed_asset_amount,
    arrived_month,
    arrived_ytd,
    arrived_since_signing,
    arrived_ytd_out_of_province,
    arrived_ytd_foreign_usd,
    arrived_recognised,
    contracted_amount_credited,
    arrived_month_credited,
    arrived_ytd_credited,
    arrived_recognised_credited,
    arrived_ytd_out_of_province_credited,
    arrived_ytd_foreign_usd_credited,
    arrived_foreign_cny,
    case when arrived_ytd_foreign_usd is not null and arrived_foreign_cny is null then 0 end as arrived_foreign_cny__unless,
    case when is_first_of_project then arrived_ytd end as arrived_ytd_project_once,
    case when is_first_of_project then cast(arrived_ytd * unassigned_pct * 0.01 as decimal(20, 6)) end as arrived_ytd_unassigned,

    -- The funnel; lines without a stage are there too, so that stages add up to all.
    1 as projects,
    contracted_amount as stage_amount,

    -- Numbers of projects.
    case when is_first_of_project then 1 else 0 end as projects_distinct,
    case when arrived_recognised is null and arrived_ytd > 0 then 1 end as projects_not_examined,
    case when is_signed_in_year then 1 end as projects_signed_in_year,
    case when is_in_production_in_year then 1 end as projects_in_production_in_year,
    case when is_first_of_project and is_signed_in_year then 1 else 0 end as quota_gap__signed,
    case when is_first_of_project and is_started_in_year then 1 else 0 end as quota_gap__started,
    case when is_first_of_project and is_in_production_in_year then 1 else 0 end as quota_gap__in_production,

    -- Money that arrived, against what was agreed on or asked for.
    case when is_set_against_contract then arrived_since_signing end as arrival_rate,
    case
        when is_set_against_contract and is_set_against_fixed_assets then fixed_asset_amount
        when is_set_against_contract then contracted_amount
    end as arrival_rate__over,
    case when is_set_against_money_asked then arrived_ytd end as arrival_rate__of_the_year,

    -- Money that arrived, and what of it was recognised.
    arrived_recognised as recognition_rate,
    case when arrived_recognised is not null then arrived_ytd end as recognition_rate__over,
    arrived_ytd - arrived_recognised as water_rate,
    case when arrived_recognised is not null then arrived_ytd end as water_rate__over,
    case
        when is_foreign_out_of_province
            then least(arrived_ytd, coalesce(arrived_ytd_out_of_province, 0) + coalesce(arrived_foreign_cny, 0))
        else arrived_ytd_out_of_province
    end as out_of_province_share,
    arrived_ytd as out_of_province_share__over,
    case when is_december then arrived_month end as december_share,
    case when is_december then arrived_ytd end as december_share__over,

    -- How far projects have come.
    case when is_negotiated then case when signed_date <= period_end then 1 else 0 end end as signing_rate,
    case when is_negotiated then 1 end as signing_rate__over,
    case when was_signed then case when is_started then 1 else 0 end end as signed_to_started_rate,
    case when was_signed then 1 end as signed_to_started_rate__over,
    case when is_to_fulfil then case when is_fulfilled then 1 else 0 end end as fulfilment_rate,
    case when is_to_fulfil then 1 end as fulfilment_rate__over,
    case when is_in_production_base then case when is_in_production then 1 else 0 end end as production_rate,
    case when is_in_production_base then 1 end as production_rate__over,

    -- What a project brings to its land.
    case when land_area_mu > 0 then amount_in_full end as investment_per_mu,
    case when land_area_mu > 0 and amount_in_full is not null then land_area_mu end as investment_per_mu__over
from line
