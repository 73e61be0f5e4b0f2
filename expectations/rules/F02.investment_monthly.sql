-- From 签约 on, a project has the day on which it was signed.
SELECT l.line_id, l.submission_id, 'signed_date' AS column_name,
       '项目阶段为“' || l.stage || '”，应有签约日期' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE l.stage IN ('签约', '落地', '开工', '投产') AND {{ missing('signed_date') }}
