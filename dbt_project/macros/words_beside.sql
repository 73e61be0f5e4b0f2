{#- What stands beside the number in a text such as ≥95% or 148公里: its unit, '' where there is none. -#}
{% macro words_beside(text) -%}
    regexp_replace(coalesce({{ text }}, ''), '[-0-9０-９.,，．约≥≤=＝><＞＜ ]', '', 'g')
{%- endmacro %}
