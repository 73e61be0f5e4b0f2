-- The adjusted budget is the initial one plus the change; no change sent counts as none.
{% set none_sent = missing('budget_change') %}
SELECT line_id, submission_id, 'budget_adjusted' AS column_name,
       '等于年初预算加调整数 ' || {{ money('budget_initial + change') }} AS expected,
       budget_adjusted - budget_initial - change AS difference
FROM (
    SELECT l.line_id, l.submission_id, l.budget_initial, l.budget_initial_low, l.budget_initial_high,
           l.budget_adjusted, l.budget_adjusted_low, l.budget_adjusted_high,
           CASE WHEN {{ none_sent }} THEN 0 ELSE l.budget_change END AS change,
           CASE WHEN {{ none_sent }} THEN 0 ELSE l.budget_change_low END AS change_low,
           CASE WHEN {{ none_sent }} THEN 0 ELSE l.budget_change_high END AS change_high
    FROM {{ lines }} l
)
WHERE {{ apart('budget_adjusted_low', 'budget_adjusted_high', 'budget_initial_low + change_low', 'budget_initial_high + change_high') }}
