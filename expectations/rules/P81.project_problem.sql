-- Settled in one column and not in the others.
SELECT l.line_id, l.submission_id, 'handling' AS column_name, '{{ form.by_name.result.header }}' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE l.handling = '已办结' AND {{ missing('result') }}
UNION ALL
SELECT l.line_id, l.submission_id, 'handling', '{{ form.by_name.closed_date.header }}', NULL
FROM {{ lines }} l
WHERE l.handling = '已办结' AND {{ missing('closed_date') }}
UNION ALL
SELECT l.line_id, l.submission_id, 'closed_date', '{{ form.by_name.handling.header }}“已办结”', NULL
FROM {{ lines }} l
WHERE l.closed_date IS NOT NULL AND l.handling <> '已办结'
