-- A measure without a number and without anybody who takes it.
SELECT l.line_id, l.submission_id, 'measure' AS column_name, '“县财政局6月底前追回资金30万元”' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE regexp_matches(l.measure, {{ any_of(cfg.vague_text) }}) AND NOT regexp_matches(l.measure, '[0-9０-９]')
  AND NOT EXISTS (FROM {{ here }}.unit_alias a WHERE contains(l.measure, a.alias_norm))
