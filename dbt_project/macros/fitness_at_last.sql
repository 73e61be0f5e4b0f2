{#- Dimensions of fitness that a longer period has from its last part; all others are those of its parts together. -#}
{% macro fitness_at_last() -%}
{{ return(['recognised', 'recognised_of', 'estimated', 'estimated_of', 'unsettled_claims', 'lowered_targets']) }}
{%- endmacro %}
