-- Reported as started, and the approving units, whose ledger of the period came, do not know the project.
SELECT l.line_id, l.submission_id, 'project_code' AS column_name, '环评或施工许可的审批记录' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE l.started = '是' AND l.project_code IS NOT NULL AND year(l.actual_start_date) >= {{ cfg.approval_ledger_from }}
  AND l.period IN (SELECT r.period FROM {{ history }}.received r WHERE r.in_force AND r.form = 'approval_case')
  AND NOT EXISTS (
      SELECT 1 FROM {{ history }}.approval_case a
      WHERE a.project_code = l.project_code AND a.matter IN ('环评', '施工许可'))
