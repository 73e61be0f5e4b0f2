{#- A layer's schema is called staging, intermediate or marts, without a prefix for the target. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
