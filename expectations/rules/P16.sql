-- A stage earlier than last month's, without a word in the note.
SELECT l.line_id, l.submission_id, '{{ role.stage }}' AS column_name, p.{{ role.stage }} AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ earlier('p') }}
WHERE {{ place('l.' ~ role.stage) }} < {{ place('p.' ~ role.stage) }} {{ 'AND l.' ~ role.note ~ ' IS NULL' if role.note is defined }}
