-- Indicators of self-evaluations that count, with the score recomputed where numbers allow (indicators.md section 4).
with comparable as (
    select
        line.*,
        coalesce(line.comparator, '') in ('≥', '≤', '=')
        and line.target_number is not null
        and line.actual_number is not null
        and {{ words_beside('line.actual_value') }}
        in ('', {{ words_beside('line.target_value') }}, coalesce(line.indicator_unit, '')) as is_comparable
    from {{ ref('int_performance_self_evaluation_counted') }} as line
)

select
    line.*,
    case
        when not line.is_comparable then null
        when line.comparator = '≤' and line.actual_number <= line.target_number then line.weight
        when line.comparator = '≤' and line.target_number = 0 then 0
        when line.comparator = '≤' and line.actual_number >= 2 * line.target_number then 0
        when line.comparator = '≤'
            then {{ quotient('line.weight * (2 * line.target_number - line.actual_number)', 'line.target_number', 2) }}
        when line.comparator = '=' and line.target_number = 0 and line.actual_number <= 0 then line.weight
        when line.comparator = '=' and line.target_number = 0 then 0
        -- ≥ against a target of 0 needs a person
        when line.target_number = 0 then null
        when line.actual_number >= line.target_number then line.weight
        else {{ quotient('line.weight * line.actual_number', 'line.target_number', 2) }}
    end as recomputed_score,
    cast(line.weight * coalesce(band.low_pct, 0) * 0.01 as decimal(20, 6)) as score_low,
    cast(line.weight * coalesce(band.high_pct, 100) * 0.01 as decimal(20, 6)) as score_high
from comparable as line
left join {{ ref('qualitative_band') }} as band
    on band.answer = line.actual_value and line.comparator = '定性'
