-- What every line and slot adds to every figure, in one shape; figures are sums of these rows and nothing else.
{% for part in ['rows', 'key_project', 'investment', 'stage', 'size', 'arrival', 'budget', 'promotion', 'approval',
                'rectification', 'evaluation', 'growth', 'target', 'reporting'] -%}
{% if not loop.first %}union all {% endif -%}
select
    form, period, unit, counts_at, indicator, basis, role, columns, contribution, line_id, submission_id,
    {{ 'slot_id' if part == 'reporting' else 'cast(null as varchar) as slot_id' }},
    {{ 'uom' if part == 'target' else 'cast(null as varchar) as uom' }}
from {{ ref('int_contribution_' ~ part) }}
{% endfor %}
