-- Spent without a budget.
SELECT l.line_id, l.submission_id, 'budget_adjusted' AS column_name,
       '支出了 ' || {{ money('l.spent_ytd') }} AS expected, l.spent_ytd AS difference
FROM {{ lines }} l
WHERE l.budget_adjusted = 0 AND l.spent_ytd > 0
