-- Every figure of the line is last month's.
SELECT l.line_id, l.submission_id, '{{ {'key_project_monthly': 'total_investment', 'investment_monthly': 'contracted_amount'}.get(form.form, 'budget_adjusted') }}' AS column_name,
       '本月的实际数' AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ earlier('p') }}
WHERE {{ copied('l', 'p') }}
