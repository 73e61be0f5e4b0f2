-- Money that arrived without the paper that proves it.
SELECT l.line_id, l.submission_id,
       CASE WHEN no_type AND NOT no_number THEN 'evidence_type' ELSE 'evidence_no' END AS column_name,
       {{ num('l.arrived_month') }} || '万元' AS value,
       CASE WHEN no_type AND no_number THEN '凭证类型和凭证号' WHEN no_type THEN '凭证类型' ELSE '凭证号' END AS expected,
       NULL AS difference
FROM (SELECT l.*, {{ missing('evidence_type') }} AS no_type, {{ missing('evidence_no') }} AS no_number FROM {{ lines }} l) l
WHERE l.arrived_month > 0 AND (no_type OR no_number)
