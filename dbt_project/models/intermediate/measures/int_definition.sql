-- The definition in force of every indicator that has rivals: what the county has chosen.
with chosen as (
    {{ unpivoted(ref('stg_site__setting'), [], [
        'start_base', 'arrival_rate', 'production_rate', 'out_of_province_foreign', 'fx_mode', 'fulfilment', 'mid_month',
    ], 'setting', 'choice') }}
)

select choice.indicator, choice.definition_zh, choice.definition_en
from {{ ref('indicator_choice') }} as choice
inner join chosen on chosen.setting = choice.setting and chosen.choice = choice.choice
