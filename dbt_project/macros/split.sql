{#- One row per member of a list written with | between them, with its place from 1. -#}
{% macro split(relation, list) -%}{{ adapter.dispatch('split')(relation, list) }}{%- endmacro %}
{% macro default__split(relation, list) -%}
select unnest(string_split({{ list }}, '|')) as member, generate_subscripts(string_split({{ list }}, '|'), 1) as place
from {{ relation }}
{%- endmacro %}
{% macro postgres__split(relation, list) -%}
select part.member, part.place
from {{ relation }} as told
cross join lateral unnest({{ listed('told.' ~ list, '|') }}) with ordinality as part (member, place)
{%- endmacro %}
