-- What decides whether data may be judged, of every period and of the longer ones that are over: reports and lines are those of
-- all parts together; sums since January, claims and shares recognised are those of the last part.
{% set added = ['completeness', 'completeness_of', 'validity', 'validity_of', 'consistency', 'consistency_of', 'uniqueness',
                'uniqueness_of', 'plausibility', 'plausibility_of', 'open_errors', 'open_warnings'] -%}
{% set at_last = fitness_at_last() -%}
with

part as (
    select summed.*, part.period as whole, part.is_last
    from {{ ref('int_fitness_summed') }} as summed
    inner join {{ ref('stg_standards__form') }} as form on form.form = summed.form
    inner join {{ ref('int_period_part') }} as part
        on part.part = summed.period and part.part_grain = form.part_grain and part.is_over
),

-- Within a year these run from its start; of a quarter they are the quarter's own.
reported as (
    select
        slot.unit, slot.form, part.period,
        sum(case when slot.is_owed then 1 else 0 end) as owed,
        sum(case when slot.is_owed and slot.counts then 1 else 0 end) as accepted,
        sum(case when slot.is_owed and slot.status = 'on_time' then 1 else 0 end) as on_time,
        sum(case when slot.is_owed and slot.status = 'late' then 1 else 0 end) as late
    from {{ ref('int_slot_with_status') }} as slot
    inner join {{ ref('stg_standards__form') }} as form on form.form = slot.form
    inner join {{ ref('int_period_part') }} as part
        on part.part = slot.period and part.part_grain = form.part_grain and part.is_over
    where slot.status <> 'owed' and (slot.is_owed or slot.counts)
    group by slot.unit, slot.form, part.period
),

rolled as (
    select
        unit, form, whole as period,
        {% for name in added -%}
        sum({{ name }}) as {{ name }},
        {% endfor -%}
        {% for name in at_last -%}
        max(case when is_last then {{ name }} end) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from part
    group by unit, form, whole
)

select
    unit, form, period, coverage, coverage_of, timeliness, timeliness_of, late,
    {{ (added + at_last) | join(', ') }}
from {{ ref('int_fitness_summed') }}
union all
select
    rolled.unit, rolled.form, rolled.period, reported.accepted as coverage, reported.owed as coverage_of,
    reported.on_time as timeliness, reported.owed as timeliness_of, reported.late,
    {{ (added + at_last) | join(', ') }}
from rolled
inner join reported on reported.unit = rolled.unit and reported.form = rolled.form and reported.period = rolled.period
