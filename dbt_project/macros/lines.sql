{#- The lines of a form that count: of the submission in force, and not quarantined. -#}
{% macro lines_that_count(form) -%}
select
    line.*,
    submission.file
from {{ ref('stg_landed__' ~ form) }} as line
inner join {{ ref('stg_landed__submission') }} as submission
    on submission.submission_id = line.submission_id
where
    submission.counts
    and line.quality_status <> 'quarantined'
{%- endmacro %}

{#- Lines of the submission in force, those that count and those that are held back: what would be if they counted. -#}
{% macro lines_in_force(form, without=[]) -%}
select {{ columns_of(ref('int_' ~ form ~ '_counted'), 'line', without) }}, false as is_held
from {{ ref('int_' ~ form ~ '_counted') }} as line
union all
select {{ columns_of(ref('stg_landed__' ~ form), 'line', without) }}, submission.file, true as is_held
from {{ ref('stg_landed__' ~ form) }} as line
inner join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = line.submission_id
where submission.counts and line.quality_status = 'quarantined'
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
