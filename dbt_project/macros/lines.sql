{#- The lines of a form that count: of the submission in force, and not quarantined. -#}
{% macro lines_that_count(form) -%}
select
    line.*,
    submission.file
from {{ ref('stg_every_' ~ form) }} as line
inner join {{ ref('stg_submission') }} as submission
    on submission.submission_id = line.submission_id
where
    submission.counts
    and line.quality_status <> 'quarantined'
{%- endmacro %}

{#- Where a fact comes from: every fact row ends with these columns. -#}
{% macro origin(line) -%}
    {{ line }}.quality_status,
    {{ line }}.line_id,
    {{ line }}.submission_id,
    {{ line }}.file,
    {{ line }}.sheet,
    {{ line }}.row_no,
    {{ line }}.cells
{%- endmacro %}

{#- A project is known by its code, else by its folded name and that of who builds or pays for it. -#}
{% macro project_key(code, name, owner) -%}
    coalesce({{ code }}, coalesce({{ name }}, '') || '@' || coalesce({{ owner }}, ''))
{%- endmacro %}

{#- Every line twice: for its unit, and for the county, which is written `*`. -#}
{% macro by_unit_and_county(relation) -%}
select line.*, line.unit as scope_unit from {{ relation }} as line
union all
select line.*, '*' as scope_unit from {{ relation }} as line
{%- endmacro %}

{#- One row per measure out of one column per measure; `measures` maps each column to its unit of measurement. -#}
{% macro long(relation, form, measures) -%}
{% for measure, uom in measures.items() -%}
{% if not loop.first %}union all {% endif -%}
select
    '{{ form }}' as form,
    period,
    unit,
    '{{ measure }}' as measure,
    cast({{ measure }} as decimal(20, 6)) as value,
    '{{ uom }}' as uom
from {{ relation }}
{% endfor %}
{%- endmacro %}

{#- The part of an amount of a whole project that the line's unit is credited with. -#}
{% macro credited(amount) -%}
cast({{ amount }} * line.share_pct * 0.01 as decimal(20, 6))
{%- endmacro %}
