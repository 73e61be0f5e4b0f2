-- Points are set, not measured, so they are exact to half a hundredth.
WITH programme AS (
    SELECT l.submission_id, l.programme_name, l.implementing_unit, min_by(l.line_id, l.row_no) AS line_id,
           sum(l.weight) AS weights, count(*) - count(l.weight) AS unread
    FROM {{ lines }} l
    GROUP BY l.submission_id, l.programme_name, l.implementing_unit
)
SELECT line_id, submission_id, 'weight' AS column_name, '合计 ' || {{ num('weights') }} AS value, '为合计 100' AS expected,
       weights - 100 AS difference
FROM programme
WHERE unread = 0 AND abs(weights - 100) > 0.005
UNION ALL
SELECT l.line_id, l.submission_id, 'score', NULL, '不大于分值 ' || {{ num('l.weight') }}, l.score - l.weight
FROM {{ lines }} l
WHERE l.score - l.weight > 0.005
