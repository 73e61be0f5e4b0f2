-- Lines received, quarantined and counted in the submissions that count, for every form alike.
with

line as (
    select form, period, unit, unit as scope_unit, disposition from {{ ref('int_line') }} where counts
    union all
    select form, period, unit, '*' as scope_unit, disposition from {{ ref('int_line') }} where counts
),

wide as (
    select
        scope.form,
        scope.period,
        scope.unit,
        count(line.form) as rows_received,
        count(case when line.disposition = 'quarantined' then 1 end) as rows_quarantined,
        count(case when line.disposition = 'published' then 1 end) as rows_counted
    from {{ ref('int_scope') }} as scope
    left join line
        on line.form = scope.form and line.period = scope.period and line.scope_unit = scope.unit
    group by scope.form, scope.period, scope.unit
)

{% for measure in ['rows_received', 'rows_quarantined', 'rows_counted'] -%}
{% if not loop.first %}union all {% endif -%}
select
    form, period, unit, '{{ measure }}' as measure, cast({{ measure }} as decimal(20, 6)) as value, '行' as uom
from wide
{% endfor %}
