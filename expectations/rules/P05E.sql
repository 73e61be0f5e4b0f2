-- Every figure of the line is last month's, as it was last month already.
SELECT l.line_id, l.submission_id, '{{ whole or role.year_to_date }}' AS column_name,
       '2' AS value, '本月的实际数' AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ earlier('p') }} JOIN {{ earlier('pp', of='p') }}
WHERE {{ copied('l', 'p') }} AND {{ copied('p', 'pp') }}
