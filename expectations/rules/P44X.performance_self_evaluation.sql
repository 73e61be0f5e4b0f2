-- Spent more than the budget, and no reason in the sheet speaks of it.
SELECT l.line_id, l.submission_id, 'budget_executed' AS column_name,
       {{ money('l.budget_adjusted') }} AS expected, l.budget_executed - l.budget_adjusted AS difference
FROM {{ lines }} l
WHERE l.budget_adjusted > 0 AND {{ lo('budget_executed') }} > {{ hi('budget_adjusted') }}
  AND l.submission_id NOT IN (
      SELECT r.submission_id FROM {{ lines }} r WHERE regexp_matches(r.deviation_reason, '执行|预算|追加|结转'))
