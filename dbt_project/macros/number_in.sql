{#- A text as a number of a type; NULL where it is none. -#}
{% macro number_in(text, type) -%}{{ adapter.dispatch('number_in')(text, type) }}{%- endmacro %}
{% macro default__number_in(text, type) -%}try_cast({{ text }} as {{ type }}){%- endmacro %}
{% macro postgres__number_in(text, type) -%}
    case when {{ text }} ~ '^\s*[-+]?[0-9]+(\.[0-9]*)?\s*$' then cast({{ text }} as {{ type }}) end
{%- endmacro %}
