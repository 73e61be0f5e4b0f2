{#- What the sender wrote in a column of a line, before it was understood. -#}
{% macro as_sent(line, column) -%}json_extract_string({{ line }}.raw, '{{ column }}'){%- endmacro %}
