-- What else a line belongs to besides its unit and the county: the other levels that figures are added up by. A level that
-- names units has each unit's share of a shared project; one that sorts projects has it once, as the county has.
{% set of_units = ['introducing_unit', 'budget_unit', 'approving_unit', 'responsible_unit'] -%}
{% for relation, grain, member in [
    ('int_key_project_line', 'township', 'coalesce(known.unit, line.township)'),
    ('int_key_project_line', 'park', 'park.unit'),
    ('int_key_project_line', 'category', 'line.category'),
    ('int_key_project_line', 'level', 'line.level'),
    ('int_key_project_line', 'lead_official', 'line.lead_official'),
    ('int_key_project_line', 'bottleneck', 'line.bottleneck_type'),
    ('int_investment_line', 'industry', 'line.industry'),
    ('int_investment_line', 'park', 'coalesce(known.unit, line.park, park.unit)'),
    ('int_investment_line', 'lead_official', 'line.led_by'),
    ('int_investment_line', 'continuing', 'line.is_continuing'),
    ('int_investment_line', 'introducing_unit', 'coalesce(line.introducing_unit_code, line.introducing_unit)'),
    ('int_budget_line', 'budget_unit', 'coalesce(line.budget_unit_code, line.unit_name)'),
    ('int_budget_line', 'fund_nature', 'line.fund_nature'),
    ('int_approval_line', 'matter', 'line.matter'),
    ('int_approval_line', 'approving_unit', 'coalesce(line.approving_unit_code, line.approving_unit)'),
    ('int_rectification_line', 'source', 'line.source'),
    ('int_rectification_line', 'responsible_unit', 'coalesce(line.responsible_unit_code, line.responsible_unit)'),
] -%}
{% if not loop.first %}union all {% endif -%}
select
    line.line_id, '{{ grain }}' as grain, {{ member }} as member,
    '{{ "unit" if grain in of_units else "county" }}' as counts_at
from {{ ref(relation) }} as line
{#- A park stands in the column of townships; an attracted project names its own, or is the park's that reports it. #}
{%- set place = 'line.township' if relation == 'int_key_project_line' else 'line.park' %}
{% if grain in ['township', 'park'] -%}
left join {{ ref('stg_landed__name') }} as known on known.text = {{ place }}
{% endif -%}
{% if grain == 'park' -%}
left join {{ ref('stg_site__unit') }} as park
    on park.kind = 'park' and park.unit = {{ 'known.unit' if relation == 'int_key_project_line' else 'line.unit' }}
{% endif -%}
where {{ member }} is not null
{% endfor %}
