-- A budget changed to exactly what has been spent, while the year still runs.
SELECT l.line_id, l.submission_id, 'budget_adjusted' AS column_name,
       {{ money('l.budget_initial') }} AS expected, l.budget_adjusted - l.budget_initial AS difference
FROM {{ lines }} l
WHERE month(l.period_end) < 12 AND l.budget_adjusted = l.spent_ytd AND l.budget_adjusted % 1 <> 0
  AND l.budget_adjusted <> l.budget_initial
