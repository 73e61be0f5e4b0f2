{#- One row per member of a list written with | between them, with its place from 1. -#}
{% macro split(relation, list) -%}{{ return(adapter.dispatch('split', 'luodi')(relation, list)) }}{%- endmacro %}
{% macro default__split(relation, list) -%}
select unnest(string_split({{ list }}, '|')) as member, generate_subscripts(string_split({{ list }}, '|'), 1) as place
from {{ relation }}
{%- endmacro %}
{% macro spark__split(relation, list) -%}
select member, place + 1 as place from {{ relation }} lateral view posexplode(split({{ list }}, '[|]')) as place, member
{%- endmacro %}
