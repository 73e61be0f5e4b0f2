{#- What the last row of a group says by an order (the first row in `earliest`), of the rows that say it. -#}
{% macro latest(value, by, only='true') -%}{{ adapter.dispatch('latest')(value, by, only) }}{%- endmacro %}
{% macro default__latest(value, by, only) -%}
    arg_max({{ value }}, {{ '(' ~ by | join(', ') ~ ')' if by | length > 1 else by[0] }}){% if only != 'true' %} filter (where {{ only }}){% endif %}
{%- endmacro %}
{% macro postgres__latest(value, by, only) -%}
    (array_agg({{ value }} order by {{ by | join(' desc nulls last, ') }} desc nulls last) filter (where {{ value }} is not null and ({{ only }})))[1]
{%- endmacro %}

{% macro earliest(value, by, only='true') -%}{{ adapter.dispatch('earliest')(value, by, only) }}{%- endmacro %}
{% macro default__earliest(value, by, only) -%}
    arg_min({{ value }}, {{ '(' ~ by | join(', ') ~ ')' if by | length > 1 else by[0] }}){% if only != 'true' %} filter (where {{ only }}){% endif %}
{%- endmacro %}
{% macro postgres__earliest(value, by, only) -%}
    (array_agg({{ value }} order by {{ by | join(', ') }}) filter (where {{ value }} is not null and ({{ only }})))[1]
{%- endmacro %}

{#- What the rows of a window say last, of those that say anything. -#}
{% macro last_known(value, window) -%}{{ adapter.dispatch('last_known')(value, window) }}{%- endmacro %}
{% macro default__last_known(value, window) -%}last_value({{ value }} ignore nulls) over {{ window }}{%- endmacro %}
{% macro postgres__last_known(value, window) -%}
    (array_agg({{ value }}) filter (where {{ value }} is not null) over {{ window }})[count({{ value }}) over {{ window }}]
{%- endmacro %}
