{#- What the sender wrote in a column of a line, before it was understood. -#}
{% macro as_sent(line, column) -%}{{ return(adapter.dispatch('as_sent', 'luodi')(line, column)) }}{%- endmacro %}
{% macro default__as_sent(line, column) -%}cast({{ line }}.raw as json) ->> '{{ column }}'{%- endmacro %}
{% macro duckdb__as_sent(line, column) -%}json_extract_string({{ line }}.raw, '{{ column }}'){%- endmacro %}
{% macro spark__as_sent(line, column) -%}get_json_object({{ line }}.raw, '$.{{ column }}'){%- endmacro %}
