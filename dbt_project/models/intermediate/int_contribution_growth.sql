-- Growth on the same months one and two years before, out of the same contributions (indicators.md 20, 21).
with contribution as (
    {% for part in ['key_project', 'investment', 'budget'] -%}
    {% if not loop.first %}union all {% endif -%}
    select part.*
    from {{ ref('int_contribution_' ~ part) }} as part
    inner join {{ ref('growth_basis') }} as basis on basis.form = part.form and basis.indicator = part.indicator
    where part.role = 'numerator'
    {% endfor -%}
)

{% for measure, years in {'yoy_growth': 1, 'net_increase': 1, 'two_year_avg_growth': 2}.items() -%}
{% if not loop.first %}union all {% endif -%}
select
    form, period, unit, counts_at, '{{ measure }}' as indicator, indicator as basis, 'numerator' as role, columns, contribution,
    line_id, submission_id
from contribution
union all
select
    form,
    {{ next_year('period', years) }} as period,
    unit, counts_at, '{{ measure }}' as indicator, indicator as basis, 'denominator' as role, columns, contribution, line_id, submission_id
from contribution
{% endfor %}
