{#- One row per member of a list written with | between them, with its place from 1. -#}
{% macro split(relation, list) -%}
select unnest(string_split({{ list }}, '|')) as member, generate_subscripts(string_split({{ list }}, '|'), 1) as place
from {{ relation }}
{%- endmacro %}
