-- Reported as done or closed, with nothing to show for it.
SELECT l.line_id, l.submission_id, 'evidence' AS column_name,
       CASE WHEN l.status = '已完成' THEN '“已完成”' ELSE '销号' END AS value,
       '能证明整改结果的材料' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE (l.status = '已完成' OR l.closed_date IS NOT NULL) AND {{ missing('evidence') }}
