-- Investment attracted: sums, and rates of sums, by unit and for the county (indicators.md 9, 10, 17, 18, section 0 rule 10).
with

line as (
    {{ by_unit_and_county(ref('int_investment_line')) }}
),

wide as (
    select
        scope.period,
        scope.unit,
        coalesce(sum(line.contracted_amount), 0) as contracted_amount,
        coalesce(sum(line.fixed_asset_amount), 0) as fixed_asset_amount,
        coalesce(sum(line.arrived_month), 0) as arrived_month,
        coalesce(sum(line.arrived_ytd), 0) as arrived_ytd,
        coalesce(sum(line.arrived_since_signing), 0) as arrived_since_signing,
        coalesce(sum(line.arrived_ytd_out_of_province), 0) as arrived_ytd_out_of_province,
        coalesce(sum(line.arrived_ytd_foreign_usd), 0) as arrived_ytd_foreign_usd,
        coalesce(sum(line.arrived_recognised), 0) as arrived_recognised,
        coalesce(sum(line.contracted_amount_credited), 0) as contracted_amount_credited,
        coalesce(sum(line.arrived_month_credited), 0) as arrived_month_credited,
        coalesce(sum(line.arrived_ytd_credited), 0) as arrived_ytd_credited,
        coalesce(sum(line.arrived_recognised_credited), 0) as arrived_recognised_credited,
        coalesce(sum(line.arrived_ytd_out_of_province_credited), 0) as arrived_ytd_out_of_province_credited,
        coalesce(sum(line.arrived_ytd_foreign_usd_credited), 0) as arrived_ytd_foreign_usd_credited,
        {{ percent('sum(line.arrived_ytd_out_of_province)', 'sum(line.arrived_ytd)') }} as out_of_province_share,
        -- Not yet examined is kept out of both sums.
        {{ percent('sum(line.arrived_recognised)',
                   'sum(case when line.arrived_recognised is not null then line.arrived_ytd end)') }}
            as recognition_rate,
        {{ percent('sum(case when line.is_signed then line.arrived_since_signing end)',
                   'sum(case when line.is_signed then line.contracted_amount end)') }} as arrival_rate,
        count(case
            when extract(year from line.signed_date) = extract(year from line.period_end)
                and line.signed_date <= line.period_end then 1
        end) as projects_signed_in_year,
        count(case
            when extract(year from line.production_date) = extract(year from line.period_end)
                and line.production_date <= line.period_end then 1
        end) as projects_in_production_in_year
    from {{ ref('int_scope') }} as scope
    left join line on line.period = scope.period and line.scope_unit = scope.unit
    where scope.form = 'investment_monthly'
    group by scope.period, scope.unit
),

-- A project that several units share is one project of the county.
project as (
    select period, project_key, max(arrived_ytd) as arrived_ytd
    from {{ ref('int_investment_line') }}
    group by period, project_key
),

county as (
    select
        scope.period,
        scope.unit,
        count(project.project_key) as projects_distinct,
        coalesce(sum(project.arrived_ytd), 0) as arrived_ytd_project_once
    from {{ ref('int_scope') }} as scope
    left join project on project.period = scope.period
    where scope.form = 'investment_monthly' and scope.unit = '*'
    group by scope.period, scope.unit
)

{{ long('wide', 'investment_monthly', {
    'contracted_amount': '万元', 'fixed_asset_amount': '万元', 'arrived_month': '万元', 'arrived_ytd': '万元',
    'arrived_since_signing': '万元', 'arrived_ytd_out_of_province': '万元', 'arrived_ytd_foreign_usd': '万美元',
    'arrived_recognised': '万元', 'contracted_amount_credited': '万元', 'arrived_month_credited': '万元',
    'arrived_ytd_credited': '万元', 'arrived_recognised_credited': '万元',
    'arrived_ytd_out_of_province_credited': '万元', 'arrived_ytd_foreign_usd_credited': '万美元', 'out_of_province_share': '%',
    'recognition_rate': '%', 'arrival_rate': '%', 'projects_signed_in_year': '个',
    'projects_in_production_in_year': '个',
}) }}
union all
{{ long('county', 'investment_monthly', {'projects_distinct': '个', 'arrived_ytd_project_once': '万元'}) }}
union all
select
    'investment_monthly' as form,
    scope.period,
    scope.unit,
    'projects_' || stage.stage as measure,
    cast(count(line.line_id) as decimal(20, 6)) as value,
    '个' as uom
from {{ ref('int_scope') }} as scope
cross join {{ ref('investment_stage') }} as stage
left join line
    on line.period = scope.period and line.scope_unit = scope.unit and line.stage = stage.stage
where scope.form = 'investment_monthly'
group by scope.period, scope.unit, stage.stage
