-- Investment lines that count, with the project they are about and the part of it credited to the unit.
select
    line.*,
    {{ project_key('line.project_code', 'project.norm', 'investor.norm') }} as project_key,
    introducing.unit as introducing_unit_code,
    -- indicators.md section 0, rule 10: a line carries the whole project; no ratio means all of it.
    coalesce(line.split_ratio, 100) as share_pct,
    {% for amount in [
        'contracted_amount', 'arrived_month', 'arrived_ytd', 'arrived_recognised', 'arrived_ytd_out_of_province',
        'arrived_ytd_foreign_usd',
    ] -%}
    cast(line.{{ amount }} * coalesce(line.split_ratio, 100) * 0.01 as decimal(20, 6)) as {{ amount }}_credited,
    {% endfor -%}
    line.signed_date is not null and coalesce(line.stage, '') <> '终止' as is_signed
from {{ ref('stg_investment_monthly') }} as line
left join {{ ref('stg_name') }} as project on project.text = line.project_name
left join {{ ref('stg_name') }} as investor on investor.text = line.investor_name
left join {{ ref('stg_name') }} as introducing on introducing.text = line.introducing_unit
