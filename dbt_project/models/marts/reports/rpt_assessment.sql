select
    place.scheme,
    place.version,
    scheme.scheme_name,
    place.period,
    period.grain as period_grain,
    {{ word_of('dim_period', 'grain', 'period.grain') }} as period_grain_name,
    period.period_year,
    period.period_end,
    place.unit_group,
    grouped.group_name as unit_group_name,
    place.unit,
    unit.unit_name,
    unit.kind as unit_kind,
    {{ word_of('dim_unit', 'kind', 'unit.kind') }} as unit_kind_name,
    place.score,
    place.score_low,
    place.score_high,
    place.standing,
    {{ word_of('fct_ranking', 'standing', 'place.standing') }} as standing_name,
    place.grade,
    place.rank_no,
    place.rank_best,
    place.rank_worst,
    place.ranked_units,
    place.reason,
    {{ word_of('fct_ranking', 'reason', 'place.reason') }} as reason_name,
    moved.previous_period,
    moved.previous_score,
    moved.score_change,
    moved.previous_rank_no,
    moved.rank_change,
    fit.verdict as fitness,
    {{ word_of('fct_fitness', 'verdict', 'fit.verdict') }} as fitness_name
from {{ ref('fct_ranking') }} as place
inner join {{ ref('dim_scheme') }} as scheme on scheme.scheme = place.scheme and scheme.version = place.version
inner join {{ ref('dim_period') }} as period on period.period = place.period
inner join {{ ref('dim_unit') }} as unit on unit.unit = place.unit
left join {{ ref('dim_scheme_group') }} as grouped
    on
        grouped.scheme = place.scheme
        and grouped.version = place.version
        and grouped.unit_group = place.unit_group
        and grouped.kind = unit.kind
left join {{ ref('fct_movement') }} as moved
    on
        moved.scheme = place.scheme
        and moved.version = place.version
        and moved.period = place.period
        and moved.node = place.node
        and moved.unit = place.unit
left join {{ ref('fct_fitness') }} as fit on fit.period = place.period and fit.unit = place.unit and fit.form = '*'
where place.node = '总分'
