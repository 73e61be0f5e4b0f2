{#- The points of a leaf under a policy, of those found and those last believed; NULL where it waits or is left out. -#}
{% macro settled(policy, percent, found, believed) -%}
    case {{ policy }}
        when 'count' then {{ found }}
        when 'flag' then {{ found }}
        when 'deduct' then cast({{ found }} * (100 - {{ percent }}) * 0.01 as decimal(20, 6))
        when 'last_believed' then {{ believed }}
        when 'zero' then cast(0 as decimal(20, 6))
    end
{%- endmacro %}

{#- The same leaf of the same unit and period on both sides of a join. -#}
{% macro same_leaf(one, other) -%}
    {% for column in ['scheme', 'version', 'period', 'unit', 'node'] -%}
        {{ one }}.{{ column }} = {{ other }}.{{ column }}{% if not loop.last %} and {% endif %}
    {%- endfor %}
{%- endmacro %}

{#- Points of a node scaled up to its whole weight, where leaves were left out. -#}
{% macro scaled(points, weight) -%}
    case when {{ weight }} > 0 then {{ quotient('node.weight * ' ~ points, weight) }} end
{%- endmacro %}
