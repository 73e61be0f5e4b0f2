-- Spent more than the budget, without a note.
SELECT l.line_id, l.submission_id, 'spent_ytd' AS column_name,
       {{ money('l.budget_adjusted') }} AS expected, l.spent_ytd - l.budget_adjusted AS difference
FROM {{ lines }} l
WHERE l.budget_adjusted > 0 AND {{ lo('spent_ytd') }} > {{ hi('budget_adjusted') }} AND {{ missing('note') }}
