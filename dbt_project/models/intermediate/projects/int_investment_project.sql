-- Investment lines in force with the project they are about, and foreign money in yuan (indicators.md 19). What is held back
-- touches no line that counts; how much of its foreign money came in which month nobody can tell.
with keyed as (
    select
        line.*,
        coalesce(identity.same_as, {{ project_key('line.project_code', 'project.norm', 'investor.norm') }}) as project_key,
        introducing.unit as introducing_unit_code,
        stage.stage_order,
        rate.rate as fx_rate,
        rate.rate_date as fx_date,
        rate.source as fx_source
    from ({{ lines_in_force('investment_monthly', without=['raw']) }}) as line
    left join {{ ref('stg_landed__name') }} as project on project.text = line.project_name
    left join {{ ref('stg_landed__name') }} as investor on investor.text = line.investor_name
    left join {{ ref('stg_landed__name') }} as introducing on introducing.text = line.introducing_unit
    left join {{ ref('int_stage_ordered') }} as stage on stage.stage = line.stage
    left join {{ ref('stg_site__fx_rate') }} as rate on rate.month = line.period
    left join {{ ref('stg_standards__project_identity') }} as identity
        on
            identity.project_key = {{ project_key('line.project_code', 'project.norm', 'investor.norm') }}
            and identity.kind <> 'distinct'
            and line.period >= identity.first_period
),

-- What arrived since the last month that tells it; each part keeps the rate of its own month.
arriving as (
    select
        keyed.*,
        arrived_ytd_foreign_usd - coalesce({{ last_known('arrived_ytd_foreign_usd', 'earlier') }}, 0) as arriving_usd
    from keyed
    window earlier as (
        partition by is_held, unit, coalesce(business_key, line_id), extract(year from period_end)
        order by period, line_id rows between unbounded preceding and 1 preceding
    )
)

select
    arriving.*,
    case
        when arrived_ytd_foreign_usd is null or is_held then null
        when setting.fx_mode = 'period_end' then cast(arrived_ytd_foreign_usd * fx_rate as decimal(20, 6))
        when count(*) filter (where arriving_usd <> 0 and fx_rate is null) over so_far > 0 then null
        else cast(coalesce(sum(arriving_usd * fx_rate) over so_far, 0) as decimal(20, 6))
    end as arrived_foreign_cny
from arriving
cross join {{ ref('stg_site__setting') }} as setting
window so_far as (
    partition by is_held, unit, coalesce(business_key, line_id), extract(year from period_end)
    order by period, line_id rows between unbounded preceding and current row
)
