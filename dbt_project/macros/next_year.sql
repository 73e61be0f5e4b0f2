{#- The same period of the next year, or of so many years on: 2023-03 → 2024-03, 2023-Q1 → 2024-Q1. -#}
{% macro next_year(period, years=1) -%}
cast(cast(substring({{ period }}, 1, 4) as integer) + {{ years }} as varchar) || substring({{ period }}, 5)
{%- endmacro %}
