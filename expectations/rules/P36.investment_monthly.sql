-- A voucher that already stands behind other funds; shares of one project share theirs.
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'evidence_no' AS column_name,
       o.period || '“' || o.project_name || '”' AS expected, NULL AS difference
FROM {{ lines }} l
JOIN {{ history }}.{{ form.form }} o ON o.evidence_no_norm = l.evidence_no_norm AND o.evidence_type = l.evidence_type
    AND o.line_id <> l.line_id AND o.arrived_month > 0
WHERE l.arrived_month > 0
  AND (o.period < l.period
       OR o.period = l.period AND o.business_key <> l.business_key AND NOT {{ one_project('l', 'o') }})
ORDER BY l.line_id, o.period, o.line_id
