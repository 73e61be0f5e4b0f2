-- Growth on the base as it was first accepted, where a month of the base year was restated since: indicators.md 20 keeps
-- both. The first version of every slot is read again; at the county, of every unit as soon as one of them restated.
{% set bases = {'key_project_monthly': ['completed_ytd'], 'budget_execution_monthly': ['spent_ytd'],
                'investment_monthly': ['arrived_ytd', 'arrived_recognised', 'arrived_ytd_out_of_province']} -%}
{% set parts = {'key_project_monthly': 'key_project', 'investment_monthly': 'investment', 'budget_execution_monthly': 'budget'} -%}
with

version as (
    select
        submission_id, unit, form, period, counts,
        row_number() over (partition by unit, form, period, sub_unit order by version, submission_id) as place
    from {{ ref('stg_landed__submission') }}
    where is_placed and not is_echo and withdrawal is null and verdict not in ('rejected', 'unreadable')
),

-- The month of the next year whose base was restated.
restated as (
    select distinct form, unit, {{ next_year('period') }} as period from version where place = 1 and not counts
),

base as (
    {% for form, columns in bases.items() -%}
    {% set outer = loop -%}
    {% for column in columns -%}
    {% if not (outer.first and loop.first) %}union all {% endif -%}
    select
        version.form, {{ next_year('version.period') }} as period, version.unit, '{{ column }}' as basis, 'denominator' as role,
        '{{ column }}' as columns, cast(line.{{ column }} as decimal(20, 6)) as contribution, line.line_id, line.submission_id
    from {{ ref('stg_landed__' ~ form) }} as line
    inner join version on version.submission_id = line.submission_id and version.place = 1
    where line.quality_status <> 'quarantined' and line.{{ column }} is not null
    {% endfor -%}
    {% endfor %}
),

now as (
    {% for form, columns in bases.items() -%}
    {% if not loop.first %}union all {% endif -%}
    select form, period, unit, indicator as basis, role, columns, contribution, line_id, submission_id
    from {{ ref('int_contribution_' ~ parts[form]) }}
    where role = 'numerator' and indicator in ('{{ columns | join("', '") }}')
    {% endfor %}
),

part as (
    select * from now
    union all
    select * from base
),

placed as (
    select part.*, 'unit' as counts_at
    from part
    inner join restated on restated.form = part.form and restated.unit = part.unit and restated.period = part.period
    union all
    select part.*, 'county' as counts_at
    from part
    inner join (select distinct form, period from restated) as restated on restated.form = part.form and restated.period = part.period
)

{% for measure in ['yoy_growth_first', 'net_increase_first'] -%}
{% if not loop.first %}union all {% endif -%}
select
    form, period, unit, counts_at, '{{ measure }}' as indicator, basis, role, columns, contribution, line_id, submission_id
from placed
{% endfor %}
