-- Spent without a budget.
{% if role.budget is defined and role.year_to_date is defined %}
{% set budget, spent = role.budget, role.year_to_date %}
SELECT l.line_id, l.submission_id, '{{ budget }}' AS column_name,
       '支出了 ' || {{ money('l.' ~ spent) }} AS expected, l.{{ spent }} AS difference
FROM {{ lines }} l
WHERE l.{{ budget }} = 0 AND l.{{ spent }} > 0
{% endif %}
