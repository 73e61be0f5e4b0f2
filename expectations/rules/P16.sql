-- A stage earlier than last month's, without a word in the note.
SELECT l.line_id, l.submission_id, 'stage' AS column_name, p.stage AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ earlier('p') }}
WHERE {{ place('l.stage') }} < {{ place('p.stage') }} AND l.note IS NULL
