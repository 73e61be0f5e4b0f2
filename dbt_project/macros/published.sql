{#- Every column of every mart, a site's own among them, as dbt has read the project: `mart` and `column_name`. -#}
{% macro published_columns() -%}
    {%- set marts = [] -%}
    {%- if execute -%}
        {%- do marts.extend(graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | selectattr('fqn.1', 'equalto', 'marts')) -%}
    {%- endif -%}
    select mart, column_name
    from (values
        ('', '')
        {%- for mart in marts %}{% for column in mart.columns %}, ('{{ mart.name }}', '{{ column }}'){% endfor %}{% endfor %}
    ) as told (mart, column_name)
{%- endmacro %}
