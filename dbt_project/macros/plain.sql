{#- A figure as people write it, two decimals and no needless zero: 75.22, 100. -#}
{% macro plain(number) -%}
    regexp_replace(cast(cast({{ number }} as decimal(20, 2)) as varchar), '\.?0+$', '')
{%- endmacro %}
