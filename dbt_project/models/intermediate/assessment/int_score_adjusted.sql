-- The points of every node, and of the total what people entered as bonuses and deductions on top; no total falls below nothing.
with moved as (
    select scheme, version, period, unit, cast(sum(counted) as decimal(20, 6)) as adjustment
    from {{ ref('int_adjustment_counted') }}
    group by scheme, version, period, unit
)

select
    summed.* exclude (score, provisional_score, final_score, score_low, score_high),
    moved.adjustment,
    {% for score in ['score', 'provisional_score', 'final_score', 'score_low', 'score_high'] -%}
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
