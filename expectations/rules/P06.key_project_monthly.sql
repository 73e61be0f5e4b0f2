-- The physical progress is described in last month's words.
SELECT l.line_id, l.submission_id, 'progress_text' AS column_name, '本月的实际变化' AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ earlier('p') }}
WHERE l.stage IN ('开工', '在建') AND l.progress_text_norm = p.progress_text_norm
