{#-
  What every line adds to every measure of its form: the one place where a measure is worked out. Figures are sums of
  these rows, and these rows are where a figure comes from.

  A measure is `indicator` (a row of the seed indicator.csv) with
    add        SQL of what a line adds to the figure or to its numerator, with the `columns` it is read from
    over       SQL of what the line adds to the denominator, with its `over_columns`
    unless     SQL that is true where the line should add something but cannot; then there is no figure
    basis      what the indicator is about where it has several figures: a stage, a size band
    at         where it counts: unit, county, or both
    is_choice  true where only what has something to add has a figure
  Their SQL may use `line`, `period` (int_period_dated) and `setting` (stg_site__setting). What is NULL adds nothing.
-#}
{% macro contributions(relation, form, measures) -%}
{% for m in measures -%}
{% set outer = loop -%}
{% for role, amount, columns in [
    ('numerator', m.add, m.columns), ('denominator', m.over, m.over_columns), ('missing', m.unless, m.columns),
] if amount -%}
{% if not (outer.first and loop.first) %}union all {% endif -%}
select
    '{{ form }}' as form,
    line.period,
    line.unit,
    '{{ m.get('at', 'both') }}' as counts_at,
    '{{ m.indicator }}' as indicator,
    '{{ m.get('basis', '') }}' as basis,
    '{{ role }}' as role,
    '{{ columns }}' as columns,
    cast({{ '0' if role == 'missing' else amount }} as decimal(20, 6)) as contribution,
    line.line_id,
    line.submission_id
from {{ relation }} as line
inner join {{ ref('int_period_dated') }} as period on period.period = line.period
cross join {{ ref('stg_site__setting') }} as setting
where {{ amount }}{{ ' is not null' if role != 'missing' }}
{% endfor -%}
{% endfor -%}
{%- endmacro %}

{#- The measures that every unit in scope has a figure of, even where no line adds to it. -#}
{% macro declared(form, measures) -%}
{% for m in measures if not m.get('is_choice') -%}
{% if not loop.first %}union {% endif -%}
select
    '{{ form }}' as form, '{{ m.indicator }}' as indicator, '{{ m.get('basis', '') }}' as basis,
    '{{ m.get('at', 'both') }}' as counts_at
{% endfor -%}
{%- endmacro %}

{#- Sums of columns, each named as its column. -#}
{% macro sums_of(columns) -%}
{% set measures = [] -%}
{% for column in columns -%}
{% do measures.append({'indicator': column, 'add': 'line.' ~ column, 'columns': column | replace('_credited', ',split_ratio') }) -%}
{% endfor -%}
{{ return(measures) }}
{%- endmacro %}

{#- 1 for what is true, 0 for what is not. -#}
{% macro one_if(condition) -%}case when {{ condition }} then 1 else 0 end{%- endmacro %}
