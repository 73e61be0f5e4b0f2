-- The points of every node, and of the total what people entered as bonuses and deductions on top; no total falls below nothing.
{% set moved = ['score', 'provisional_score', 'final_score', 'score_low', 'score_high'] -%}
with moved as (
    select scheme, version, period, unit, cast(sum(counted) as decimal(20, 6)) as adjustment
    from {{ ref('int_adjustment_counted') }}
    group by scheme, version, period, unit
)

select
    {{ columns_of(ref('int_score_summed'), 'summed', moved) }},
    moved.adjustment,
    {% for score in moved -%}
    case
        when moved.adjustment is null then summed.{{ score }}
        when summed.{{ score }} is not null then cast(greatest(0, summed.{{ score }} + moved.adjustment) as decimal(20, 6))
    end as {{ score }}{{ ',' if not loop.last }}
    {% endfor -%}
from {{ ref('int_score_summed') }} as summed
left join moved
    on
        summed.parent is null
        and moved.scheme = summed.scheme
        and moved.version = summed.version
        and moved.period = summed.period
        and moved.unit = summed.unit
