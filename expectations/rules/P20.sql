-- Several projects in one line: 等3个项目, 打捆, or two places or units of the register joined by 、 or 和.
WITH joined AS (
    SELECT line_id, {{ role.project_name }} AS project_name FROM {{ lines }} WHERE regexp_matches({{ role.project_name }}, '[、和]')
), first AS (                            -- few names have a unit before the sign: only these are tried with all others
    SELECT j.line_id, j.project_name, a.unit, a.alias_norm
    FROM joined j JOIN {{ here }}.unit_alias a
      ON contains(j.project_name, a.alias_norm || '、') OR contains(j.project_name, a.alias_norm || '和')
), two AS (
    SELECT f.line_id FROM first f JOIN {{ here }}.unit_alias b
      ON b.unit <> f.unit AND (contains(f.project_name, f.alias_norm || '、' || b.alias_norm)
                               OR contains(f.project_name, f.alias_norm || '和' || b.alias_norm))
)
SELECT l.line_id, l.submission_id, '{{ role.project_name }}' AS column_name, '一个项目一行' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE regexp_matches(l.{{ role.project_name }}, '等[0-9０-９一二三四五六七八九十百两]+(个|项|家)|打捆|打包|若干')
   OR l.line_id IN (FROM two)
