-- The target is a number, the result is words that say nothing.
SELECT l.line_id, l.submission_id, 'actual_value' AS column_name, '“98%”' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE regexp_matches(l.actual_value, {{ any_of(cfg.vague_text) }}) AND l.target_number IS NOT NULL
