{#-
  Columns that nobody lists, since contracts of forms add to them: those of another model by name, with some left out or taken from
  elsewhere. DuckDB has words for it; elsewhere the columns are asked for when the other model has been built.
-#}

{#- All columns of a relation known as `alias`, but `without` some, and with others replaced by an expression. -#}
{% macro columns_of(relation, alias, without=[], replaced={}) -%}
    {{ adapter.dispatch('columns_of')(relation, alias, without, replaced) }}
{%- endmacro %}
{% macro default__columns_of(relation, alias, without, replaced) -%}
    {{ alias }}.*{% if without %} exclude ({{ without | join(', ') }}){% endif %}
    {%- if replaced %} replace ({% for name, value in replaced.items() %}{{ value }} as {{ name }}{{ ', ' if not loop.last }}{% endfor %}){% endif %}
{%- endmacro %}
{% macro postgres__columns_of(relation, alias, without, replaced) -%}
    {%- set chosen = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) if column.name not in without -%}
        {%- do chosen.append(replaced[column.name] ~ ' as ' ~ column.quoted if column.name in replaced else alias ~ '.' ~ column.quoted) -%}
    {%- endfor -%}
    {{ chosen | join(', ') or '*' }}
{%- endmacro %}

{#- The rows of several relations, columns matched by their names, blank where a relation has none of that name. -#}
{% macro union_by_name(relations) -%}{{ adapter.dispatch('union_by_name')(relations) }}{%- endmacro %}
{% macro default__union_by_name(relations) -%}
    {%- for relation in relations %}
select * from {{ relation }}{% if not loop.last %}
union all by name{% endif %}
    {%- endfor %}
{%- endmacro %}
{% macro postgres__union_by_name(relations) -%}
    {%- set types = {} -%}
    {%- for relation in relations -%}
        {%- for column in adapter.get_columns_in_relation(relation) if column.quoted not in types -%}
            {%- do types.update({column.quoted: column.data_type}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for relation in relations %}
    {%- set there = adapter.get_columns_in_relation(relation) | map(attribute='quoted') | list -%}
    {%- set chosen = [] -%}
    {%- for name, type in types.items() -%}
        {%- do chosen.append(name if name in there else 'cast(null as ' ~ type ~ ') as ' ~ name) -%}
    {%- endfor %}
select {{ chosen | join(', ') or '*' }} from {{ relation }}{% if not loop.last %}
union all{% endif %}
    {%- endfor %}
{%- endmacro %}

{#- One row for each column of a relation that is not blank: its name and its value, beside the columns that are kept. -#}
{% macro unpivoted(relation, kept, columns, name, value) -%}{{ adapter.dispatch('unpivoted')(relation, kept, columns, name, value) }}{%- endmacro %}
{% macro default__unpivoted(relation, kept, columns, name, value) -%}
    unpivot (select {{ (kept + columns) | join(', ') }} from {{ relation }})
    on {{ columns | join(', ') }} into name {{ name }} value {{ value }}
{%- endmacro %}
{% macro postgres__unpivoted(relation, kept, columns, name, value) -%}
    select {% for column in kept %}told.{{ column }}, {% endfor %}part.{{ name }}, part.{{ value }}
    from {{ relation }} as told
    cross join lateral (values
        {%- for column in columns %} ('{{ column }}', told.{{ column }}){{ ',' if not loop.last }}{% endfor -%}
    ) as part ({{ name }}, {{ value }})
    where part.{{ value }} is not null
{%- endmacro %}
