{#-
  Wide reports: figures as columns, one row for what they are of. The contract of a report is its list: a column whose meta names a
  `figure` (form.measure, or *.measure of each row's form) is that figure's value, or its `part` (numerator, denominator).
-#}
{% macro figures_of_report() -%}
    {{ return((model.columns.values() if execute else []) | selectattr('meta.figure', 'defined') | list) }}
{%- endmacro %}

{#- Each figure as a column of a query over fct_indicator that groups by all else. -#}
{% macro figure_columns() -%}
    {%- for column in figures_of_report() -%}
    {%- set form, measure = column.meta.figure.split('.') -%}
    , max(case when {% if form != '*' %}form = '{{ form }}' and {% endif %}measure = '{{ measure }}' then cast({{ column.meta.part or 'value' }} as {{ column.data_type }}) end) as {{ column.name }}
    {% endfor -%}
{%- endmacro %}

{#- The forms, or the measures, that they are of, for a list that has begun. -#}
{% macro figure_forms() -%}
    {%- for column in figures_of_report() %}, '{{ column.meta.figure.split('.')[0] }}'{% endfor -%}
{%- endmacro %}
{% macro figure_names() -%}
    {%- for column in figures_of_report() %}, '{{ column.meta.figure.split('.')[1] }}'{% endfor -%}
{%- endmacro %}

{#- All of a report of units by month. -#}
{% macro report_of_months() -%}
with

figure as (
    select
        period,
        member as unit
        {{ figure_columns() }}
    from {{ ref('fct_indicator') }}
    where grain = 'unit' and form in ('' {{ figure_forms() }}) and measure in ('' {{ figure_names() }})
    group by period, member
)

select
    period.period_year,
    period.month_no,
    period.period_end,
    unit.unit_name,
    unit.kind as unit_kind,
    {{ word_of('dim_unit', 'kind', 'unit.kind') }} as unit_kind_name,
    figure.*
from figure
inner join {{ ref('dim_period') }} as period on period.period = figure.period and period.grain = 'month'
inner join {{ ref('dim_unit') }} as unit on unit.unit = figure.unit
{%- endmacro %}

{#- What dim_label calls a code in Chinese; the code itself where it is a county's own. -#}
{% macro word_of(mart, column, code) -%}
    coalesce(
        (
            select word.label from {{ ref('dim_label') }} as word
            where word.mart = '{{ mart }}' and word.column_name = '{{ column }}' and word.code = {{ code }}
        ),
        {{ code }}
    )
{%- endmacro %}
