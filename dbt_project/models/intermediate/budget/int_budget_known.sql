-- Budget items in force, held back or not, with the unit whose budget it is and whether it pays for promotion (indicators.md 24).
with word as (
    {{ split(ref('stg_site__setting'), 'promotion_items') }}
)

select
    line.*,
    known.unit as budget_unit_code,
    exists(select 1 from word where line.budget_item like '%' || word.member || '%') as is_promotion
from ({{ lines_in_force('budget_execution_monthly') }}) as line
left join {{ ref('stg_landed__name') }} as known on known.text = line.unit_name
