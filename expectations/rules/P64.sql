-- What is concluded of a programme follows from its points, and is one thing.
WITH programme AS (
    SELECT l.submission_id, l.programme_name, l.implementing_unit, min_by(l.line_id, l.row_no) AS line_id,
           any_value(l.conclusion) AS conclusion, count(DISTINCT l.conclusion) AS conclusions,
           string_agg(DISTINCT l.conclusion, '、' ORDER BY l.conclusion) AS every, sum(l.score) AS points, sum(l.weight) AS weights,
           count(*) - count(l.score) AS unread
    FROM {{ lines }} l
    GROUP BY l.submission_id, l.programme_name, l.implementing_unit
),
due AS (
    SELECT *, CASE WHEN points >= {{ cfg.passed_from }} THEN '通过' WHEN points >= {{ cfg.revised_from }} THEN '修改后通过' ELSE '不通过' END AS due
    FROM programme
    -- Weights that do not sum to 100 are another rule's (P62).
    WHERE unread = 0 AND abs(weights - 100) <= 0.005
)
SELECT line_id, submission_id, 'conclusion' AS column_name, every AS value, '同一项目只能有一个结论' AS expected, NULL AS difference
FROM programme
WHERE conclusions > 1
UNION ALL
SELECT line_id, submission_id, 'conclusion', NULL, '总分 ' || {{ num('points') }} || ' 应为' || due, NULL
FROM due
WHERE conclusions = 1 AND conclusion <> due
