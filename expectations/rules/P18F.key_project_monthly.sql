-- Two units report projects so alike that they may be one; phases and capacities tell different projects apart.
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'project_name' AS column_name,
       '“' || o.project_name || '”（' || u.name || '）' AS expected, NULL AS difference
FROM {{ lines }} l
JOIN {{ here }}.similar n ON n.one = l.project_name_norm
JOIN {{ history }}.{{ form.form }} o ON o.period = l.period AND o.project_name_norm = n.other AND o.unit <> l.unit
LEFT JOIN {{ here }}.similar f ON f.one = l.builder_name_norm AND f.other = o.builder_name_norm
JOIN {{ here }}.unit u ON u.unit = o.unit
WHERE (l.project_code IS NULL OR o.project_code IS NULL)
  AND (l.builder_uscc = o.builder_uscc OR f.one IS NOT NULL
       OR l.township_code = o.township_code
          AND NOT {{ apart(lo('total_investment'), hi('total_investment'), 'o.total_investment_low', 'o.total_investment_high') }})
  AND NOT {{ other_phase('l.project_name_norm', 'o.project_name_norm') }}
ORDER BY l.line_id, o.line_id
