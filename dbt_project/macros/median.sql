{#- The median of a group, to six decimals; of two in the middle what lies between, never rounded up. -#}
{% macro median_of(number) -%}{{ adapter.dispatch('median_of')(number) }}{%- endmacro %}
{% macro default__median_of(number) -%}median({{ number }}){%- endmacro %}
{% macro postgres__median_of(number) -%}
    {%- set sorted %}(array_agg({{ number }} order by {{ number }}) filter (where {{ number }} is not null)){% endset -%}
    {%- set low %}{{ sorted }}[(count({{ number }}) + 1) / 2]{% endset -%}
    {{ low }} + trunc(({{ sorted }}[(count({{ number }}) + 2) / 2] - {{ low }}) / 2, 6)
{%- endmacro %}

{#- The least median of a sorted list with some number of the smallest of another beside it. -#}
{% macro least_median(counted, opened) -%}{{ adapter.dispatch('least_median')(counted, opened) }}{%- endmacro %}
{% macro default__least_median(counted, opened) -%}
    list_min(list_transform(
        range(0, len({{ opened }}) + 1),
        lambda taken: list_aggregate(list_concat({{ counted }}, {{ opened }}[1:taken]), 'median')
    ))
{%- endmacro %}
{% macro postgres__least_median(counted, opened) -%}
    (
        select min((select {{ median_of('member') }} from unnest({{ counted }} || {{ opened }}[1:taken]) as listed (member)))
        from generate_series(0, cardinality({{ opened }})) as way (taken)
    )
{%- endmacro %}

{#- The greatest median of a sorted list with some number of the greatest of another beside it. -#}
{% macro greatest_median(counted, opened) -%}{{ adapter.dispatch('greatest_median')(counted, opened) }}{%- endmacro %}
{% macro default__greatest_median(counted, opened) -%}
    list_max(list_transform(
        range(0, len({{ opened }}) + 1),
        lambda left_out: list_aggregate(list_concat({{ counted }}, {{ opened }}[left_out + 1:]), 'median')
    ))
{%- endmacro %}
{% macro postgres__greatest_median(counted, opened) -%}
    (
        select max((
            select {{ median_of('member') }}
            from unnest({{ counted }} || {{ opened }}[left_out + 1:cardinality({{ opened }})]) as listed (member)
        ))
        from generate_series(0, cardinality({{ opened }})) as way (left_out)
    )
{%- endmacro %}
