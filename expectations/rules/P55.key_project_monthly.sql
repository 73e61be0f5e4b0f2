-- Progress in words that say nothing, and no number.
SELECT l.line_id, l.submission_id, 'progress_text' AS column_name, '“完成投资300万元，占年度计划的60%”' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE regexp_matches(l.progress_text, {{ any_of(cfg.vague_text) }}) AND NOT regexp_matches(l.progress_text, '[0-9０-９]')
