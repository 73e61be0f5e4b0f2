{#- A date that lies in the year of the line's period and not after its end. -#}
{% macro within_year(day) -%}
coalesce({{ day }} <= line.period_end and extract(year from {{ day }}) = extract(year from line.period_end), false)
{%- endmacro %}
