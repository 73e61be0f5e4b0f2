-- The physical progress is described in last month's words.
SELECT l.line_id, l.submission_id, '{{ role.progress }}' AS column_name, '本月的实际变化' AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ earlier('p') }}
WHERE l.{{ role.stage }} IN {{ listed(stages.under_way) }} AND l.{{ role.progress }}_norm = p.{{ role.progress }}_norm
