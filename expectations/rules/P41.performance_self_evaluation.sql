-- Every indicator and the execution itself have full marks.
SELECT NULL AS line_id, l.submission_id, NULL AS column_name, CAST(count(*) AS VARCHAR) AS value,
       '每项指标的完成依据' AS expected, NULL AS difference
FROM {{ lines }} l
GROUP BY l.submission_id, l.programme_name
HAVING count(*) >= {{ cfg.full_min }} AND count(l.self_score = l.weight) = count(*)
   AND bool_and(l.self_score = l.weight) AND bool_and(l.execution_score = l.execution_weight)
