-- Which periods make which longer ones: the months of a quarter, half year and year, the weeks of a month. The last part is
-- the one with which the whole ends; a week ends the month in which its Thursday is the last one.
with part as (
    {% for whole in ['month', 'quarter', 'half', 'year'] -%}
    {% if not loop.first %}union all{% endif %}
    select {{ whole }}_period as period, period as part, grain as part_grain, period_end as part_end
    from {{ ref('int_period_dated') }}
    where {{ whole }}_period <> period
    {% endfor %}
)

select
    part.period,
    part.part,
    whole.grain,
    part.part_grain,
    cast({{ dbt.dateadd('day', "case part.part_grain when 'week' then 4 else 1 end", 'part.part_end') }} as date)
        > whole.period_end as is_last,
    whole.is_over
from part
inner join {{ ref('int_period_dated') }} as whole on whole.period = part.period
