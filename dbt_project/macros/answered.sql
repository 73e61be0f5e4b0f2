{#- Whether people have answered for an issue, so that it holds back nothing any more (ANSWERED in etl/model.py). -#}
{% macro is_answered(state) -%}
    coalesce({{ state }}, 'open') in ('waived', 'corrected', 'suspended')
{%- endmacro %}
