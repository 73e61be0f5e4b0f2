{#- What speaks against data, of one dimension of fitness that falls short: 差错 3次（不可用）. -#}
{% macro unfit(figure) -%}
    {{ figure }}.dimension_name || ' ' || {{ plain(figure ~ '.value') }} || {{ figure }}.uom
    || case {{ figure }}.verdict when 'not_fit' then '（不可用）' else '（有保留）' end
{%- endmacro %}
