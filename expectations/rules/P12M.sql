-- Reported as started, and the approving units, whose ledger of the period came, do not know the project.
{% for cases in others('project_code', 'matter', 'decided') %}
SELECT l.line_id, l.submission_id, '{{ role.project_code }}' AS column_name, '环评或施工许可的审批记录' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE l.{{ role.started }} = '是' AND l.{{ role.project_code }} IS NOT NULL AND year(l.{{ role.start }}) >= {{ cfg.approval_ledger_from }}
  AND l.period IN (SELECT r.period FROM {{ history }}.received r WHERE r.in_force AND r.form = '{{ cases.form }}')
  AND NOT EXISTS (
      FROM {{ history }}.{{ cases.form }} a
      WHERE a.{{ cases.role.project_code }} = l.{{ role.project_code }} AND a.{{ cases.role.matter }} IN {{ listed(cfg.approvals_known) }})
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
