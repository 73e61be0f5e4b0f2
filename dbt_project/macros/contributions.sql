{#-
  What every measured model adds, one row for each figure of each of its rows, under one heading: `said` are the columns that may
  say of what row it is, each with its type, blank where a model has none; all other columns of a model are figures.
-#}
{% macro contributions(measured, said) -%}{{ adapter.dispatch('contributions')(measured, said) }}{%- endmacro %}

{% macro default__contributions(measured, said) -%}
select{% for name, type in said.items() %} cast(null as {{ type }}) as {{ name }}{{ ',' if not loop.last }}{% endfor %} where false
{%- for name in measured %}
union all by name
select * replace (cast(contribution as decimal(20, 6)) as contribution), '{{ name }}' as measured
from (
    unpivot {{ ref('int_' ~ name ~ '_measured') }} on columns(lambda c: c not in ('{{ said | join("', '") }}'))
    into name column_name value contribution
)
{%- endfor %}
{%- endmacro %}

{% macro postgres__contributions(measured, said) -%}
{%- for name in measured %}
{%- set relation = ref('int_' ~ name ~ '_measured') -%}
{%- set there = adapter.get_columns_in_relation(relation) | map(attribute='name') | list %}
select
    {%- for column, type in said.items() %}
    {{ 'told.' ~ column if column in there else 'cast(null as ' ~ type ~ ')' }} as {{ column }},
    {%- endfor %}
    part.column_name, cast(part.contribution as decimal(20, 6)) as contribution, '{{ name }}' as measured
from {{ relation }} as told
cross join lateral (values ('', null)
    {%- for column in there if column not in said %}, ('{{ column }}', cast(told.{{ column }} as decimal(20, 6))){% endfor -%}
) as part (column_name, contribution)
where part.contribution is not null
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}
{%- endmacro %}
