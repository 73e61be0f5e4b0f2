{#- Lists within a row: the names of what was sent in a line, what two lists share, how much a list holds. -#}
{% macro keys_of(json) -%}{{ return(adapter.dispatch('keys_of', 'luodi')(json)) }}{%- endmacro %}
{% macro default__keys_of(json) -%}json_keys({{ json }}){%- endmacro %}
{% macro spark__keys_of(json) -%}json_object_keys({{ json }}){%- endmacro %}

{% macro in_common(one, other) -%}{{ return(adapter.dispatch('in_common', 'luodi')(one, other)) }}{%- endmacro %}
{% macro default__in_common(one, other) -%}list_intersect({{ one }}, {{ other }}){%- endmacro %}
{% macro spark__in_common(one, other) -%}array_intersect({{ one }}, {{ other }}){%- endmacro %}

{% macro how_many(list) -%}{{ return(adapter.dispatch('how_many', 'luodi')(list)) }}{%- endmacro %}
{% macro default__how_many(list) -%}len({{ list }}){%- endmacro %}
{% macro spark__how_many(list) -%}size({{ list }}){%- endmacro %}

{#- A text of names with commas between them as a list. -#}
{% macro listed(text) -%}{{ return(adapter.dispatch('listed', 'luodi')(text)) }}{%- endmacro %}
{% macro default__listed(text) -%}string_split({{ text }}, ','){%- endmacro %}
{% macro spark__listed(text) -%}split({{ text }}, ','){%- endmacro %}
