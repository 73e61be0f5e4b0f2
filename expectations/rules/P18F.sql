-- Two units report projects so alike that they may be one; phases and capacities tell different projects apart.
-- Where units share a project, one beyond doubt is judged by P18 and P18S: who agreed on shares is not asked again.
{% set name, firm, total = role.project_name, role.owner_name, role.total %}
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, '{{ name }}' AS column_name,
       '“' || o.{{ name }} || '”（' || {{ claimant_name('o') }} || '）' AS expected, NULL AS difference
FROM {{ lines }} l
JOIN {{ here }}.similar n ON n.one = l.{{ name }}_norm
JOIN {{ history }}.{{ form.form }} o ON o.period = l.period AND o.{{ name }}_norm = n.other AND {{ claimant('o') }} <> {{ claimant('l') }}
LEFT JOIN {{ here }}.similar f ON f.one = l.{{ firm }}_norm AND f.other = o.{{ firm }}_norm
WHERE (l.{{ role.project_code }} IS NULL OR o.{{ role.project_code }} IS NULL)
  AND (l.{{ role.owner_code }} = o.{{ role.owner_code }} OR f.one IS NOT NULL
       OR {{ 'l.' ~ role.place ~ '_code = o.' ~ role.place ~ '_code AND' if role.place is defined }} NOT {{ apart(lo(total), hi(total), 'o.' ~ total ~ '_low', 'o.' ~ total ~ '_high') }})
  {{ 'AND NOT ' ~ one_project('l', 'o') if role.share is defined }}
  AND NOT {{ other_phase('l.' ~ name ~ '_norm', 'o.' ~ name ~ '_norm') }}
ORDER BY l.line_id, o.line_id
