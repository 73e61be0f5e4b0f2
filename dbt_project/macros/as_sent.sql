{#- What the sender wrote in a column of a line, before it was understood. -#}
{% macro as_sent(line, column) -%}{{ adapter.dispatch('as_sent')(line, column) }}{%- endmacro %}
{% macro default__as_sent(line, column) -%}json_extract_string({{ line }}.raw, '{{ column }}'){%- endmacro %}
{% macro postgres__as_sent(line, column) -%}(cast({{ line }}.raw as json) ->> '{{ column }}'){%- endmacro %}
