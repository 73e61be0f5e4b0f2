-- Every figure of the line is last month's.
SELECT l.line_id, l.submission_id, '{{ whole or role.year_to_date }}' AS column_name,
       '本月的实际数' AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ earlier('p') }}
WHERE {{ copied('l', 'p') }}
