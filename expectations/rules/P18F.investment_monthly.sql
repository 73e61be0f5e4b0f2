-- Two introducing units report projects so alike that they may be one; phases and capacities tell different projects apart.
-- What is one project beyond doubt is judged by P18 and P18S: two units that agreed on their shares are not asked again.
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'project_name' AS column_name,
       '“' || o.project_name || '”（' || o.introducing_unit || '）' AS expected, NULL AS difference
FROM {{ lines }} l
JOIN {{ here }}.similar n ON n.one = l.project_name_norm
JOIN {{ history }}.{{ form.form }} o
  ON o.period = l.period AND o.project_name_norm = n.other AND o.introducing_unit_code <> l.introducing_unit_code
LEFT JOIN {{ here }}.similar f ON f.one = l.investor_name_norm AND f.other = o.investor_name_norm
WHERE (l.project_code IS NULL OR o.project_code IS NULL)
  AND (l.investor_uscc = o.investor_uscc OR f.one IS NOT NULL
       OR NOT {{ apart(lo('contracted_amount'), hi('contracted_amount'), 'o.contracted_amount_low', 'o.contracted_amount_high') }})
  AND NOT {{ one_project('l', 'o') }}
  AND NOT {{ other_phase('l.project_name_norm', 'o.project_name_norm') }}
ORDER BY l.line_id, o.line_id
