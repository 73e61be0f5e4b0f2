{#- A figure as people write it, two decimals and no needless zero: 75.22, 100. -#}
{% macro plain(number) -%}
    regexp_replace(cast(cast({{ number }} as decimal(20, 2)) as varchar), '\.?0+$', '')
{%- endmacro %}

{#- A figure with all its digits and no needless zero, so that the arithmetic shown with it adds up: 8.302519, 100. -#}
{% macro in_full(number) -%}
    regexp_replace(cast(cast({{ number }} as decimal(20, 6)) as varchar), '\.?0+$', '')
{%- endmacro %}

{#- The time progress as it stands in a formula: a third of a year as a fraction, since no digits are enough. -#}
{% macro of_the_year(time_progress) -%}
    case when 12 * {{ time_progress }} = round(12 * {{ time_progress }}) then {{ in_full(time_progress) }}
        else '(' || {{ in_full('round(12 * ' ~ time_progress ~ ')') }} || '÷12)' end
{%- endmacro %}
