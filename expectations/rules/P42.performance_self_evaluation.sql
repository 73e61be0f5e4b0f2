-- Points are set, not measured, so they are exact to half a hundredth: weights sum to 100, no score above its
-- weight, and the printed 总分 is the sum of the scores.
WITH programme AS (
    SELECT l.submission_id, min_by(l.line_id, l.row_no) AS line_id,
           sum(l.weight) + any_value(l.execution_weight) AS weights, count(*) - count(l.weight) AS weights_unread,
           sum(l.self_score) + any_value(l.execution_score) AS scores, count(*) - count(l.self_score) AS scores_unread,
           count(DISTINCT l.programme_name) AS programmes
    FROM {{ lines }} l
    GROUP BY l.submission_id
)
SELECT line_id, submission_id, 'weight' AS column_name, NULL AS cell, '合计 ' || {{ num('weights') }} AS value,
       '为合计 100' AS expected, weights - 100 AS difference
FROM programme
WHERE weights_unread = 0 AND programmes <= 1 AND abs(weights - 100) > 0.005
UNION ALL
SELECT l.line_id, l.submission_id, 'self_score', NULL, NULL, '不大于分值 ' || {{ num('l.weight') }}, l.self_score - l.weight
FROM {{ lines }} l
WHERE l.self_score - l.weight > 0.005
UNION ALL
SELECT l.line_id, l.submission_id, 'execution_score', NULL, NULL,
       '不大于分值 ' || {{ num('l.execution_weight') }}, l.execution_score - l.execution_weight
FROM {{ lines }} l
WHERE l.execution_score - l.execution_weight > 0.005
UNION ALL
SELECT p.line_id, p.submission_id, 'self_score', t.cell, t.raw, '为总分 ' || {{ num('p.scores') }}, t.value - p.scores
FROM programme p JOIN {{ here }}.total t USING (submission_id)
WHERE t.kind = '总分' AND t.column_name = 'self_score' AND scores_unread = 0 AND programmes <= 1
  AND (t.high < p.scores - 0.005 OR t.low > p.scores + 0.005)
