{# Percentage points against the time progress as people say them: 落后8.33个百分点, 超前2个百分点. #}
{% macro ahead_or_behind(gap) -%}
    case when {{ gap }} < 0 then '落后' when {{ gap }} > 0 then '超前' else '相差' end || {{ plain('abs(' ~ gap ~ ')') }} || '个百分点'
{%- endmacro %}
