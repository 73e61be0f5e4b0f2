-- A budget that equals the outcome to the cent and is far from what the year began with.
SELECT l.line_id, l.submission_id, 'budget_adjusted' AS column_name,
       {{ money('l.budget_initial') }} AS expected, l.budget_adjusted - l.budget_initial AS difference
FROM {{ lines }} l
WHERE l.budget_adjusted = l.budget_executed AND l.budget_adjusted % 1 <> 0
  AND abs(l.budget_adjusted - l.budget_initial) > {{ cfg.backfill_shift }} * l.budget_initial
