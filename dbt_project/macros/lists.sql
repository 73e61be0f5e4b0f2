{#- Lists within a row: the names of what was sent in a line, what two lists share, how much a list holds. -#}
{% macro keys_of(json) -%}json_keys({{ json }}){%- endmacro %}
{% macro in_common(one, other) -%}list_intersect({{ one }}, {{ other }}){%- endmacro %}
{% macro how_many(list) -%}len({{ list }}){%- endmacro %}

{#- A text of names with commas between them as a list. -#}
{% macro listed(text) -%}string_split({{ text }}, ','){%- endmacro %}
