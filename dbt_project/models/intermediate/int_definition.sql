-- The definition in force of every indicator that has rivals: what the county has chosen.
select choice.indicator, choice.definition_zh
from {{ ref('indicator_choice') }} as choice
cross join {{ ref('stg_site__setting') }} as setting
where choice.choice = case choice.setting
    {% for key in ['start_base', 'arrival_rate', 'production_rate', 'out_of_province_foreign', 'fx_mode', 'fulfilment',
                   'mid_month'] -%}
    when '{{ key }}' then setting.{{ key }}
    {% endfor -%}
end
