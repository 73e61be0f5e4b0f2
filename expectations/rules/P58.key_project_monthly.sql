-- Progress far ahead of what the treasury has paid for the item of the same name.
{% for budget in others('budget_item', 'year_to_date') %}
(WITH paid AS (
    SELECT period, {{ budget.role.budget_item }}_norm AS item, sum({{ budget.role.year_to_date }}) AS spent FROM {{ history }}.{{ budget.form }} GROUP BY ALL
)
SELECT l.line_id, l.submission_id, 'completed_ytd' AS column_name, {{ money('b.spent') }} AS expected, l.completed_ytd - b.spent AS difference
FROM {{ lines }} l JOIN paid b ON b.period = l.period AND b.item = l.project_name_norm
WHERE l.category IN {{ listed(cfg.public_categories) }} AND l.completed_ytd > 0 AND b.spent < {{ cfg.pay_share }} * l.completed_ytd)
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
