{#- Is a line of a key project in the base of the start rate? indicators.md 5, the setting start_base. -#}
{% macro is_start_base(line, share_pct) -%}
case setting.start_base
    when 'due' then coalesce({{ line }}.planned_start_date <= {{ line }}.period_end, false)
    when 'new_only' then coalesce({{ line }}.construction_nature = '新建', false)
    else coalesce({{ line }}.level, '') <> '储备' and coalesce({{ line }}.stage, '') <> '终止' and {{ share_pct }} > 0
end
{%- endmacro %}
