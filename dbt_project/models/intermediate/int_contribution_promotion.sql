-- What promotion cost and what it brought (indicators.md 24): the spending of the budget unit, the funds of the unit.
{% for measure, role, relation, columns, unit, amount, only in [
    ('promotion_spent', 'numerator', 'int_budget_line', 'spent_ytd,budget_item', 'coalesce(line.budget_unit_code, line.unit)',
     'line.spent_ytd', 'line.is_promotion'),
    ('cost_per_100m_arrived', 'numerator', 'int_budget_line', 'spent_ytd,budget_item', 'coalesce(line.budget_unit_code, line.unit)',
     'line.spent_ytd', 'line.is_promotion'),
    ('cost_per_100m_arrived', 'denominator', 'int_investment_line', 'arrived_recognised,arrived_ytd,split_ratio', 'line.unit',
     'coalesce(line.arrived_recognised_credited, line.arrived_ytd_credited)', 'true'),
    ('cost_per_signed_project', 'numerator', 'int_budget_line', 'spent_ytd,budget_item', 'coalesce(line.budget_unit_code, line.unit)',
     'line.spent_ytd', 'line.is_promotion'),
    ('cost_per_signed_project', 'denominator', 'int_investment_line', 'signed_date', 'line.unit',
     '1', 'line.is_signed_in_year'),
] -%}
{% if not loop.first %}union all {% endif -%}
select
    'budget_execution_monthly' as form, line.period, {{ unit }} as unit, 'both' as counts_at, '{{ measure }}' as indicator, '' as basis,
    '{{ role }}' as role, '{{ columns }}' as columns, cast({{ amount }} as decimal(20, 6)) as contribution, line.line_id,
    line.submission_id
from {{ ref(relation) }} as line
where {{ only }} and {{ amount }} is not null
{% endfor %}
