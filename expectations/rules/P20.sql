-- Several projects in one line: 等3个项目, 打捆, or two places or units of the register joined by 、 or 和.
WITH named AS (
    SELECT a.alias_norm AS one, b.alias_norm AS other
    FROM {{ here }}.unit_alias a JOIN {{ here }}.unit_alias b ON a.unit <> b.unit
)
SELECT l.line_id, l.submission_id, 'project_name' AS column_name, '一个项目一行' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE regexp_matches(l.project_name, '等[0-9０-９一二三四五六七八九十百两]+(个|项|家)|打捆|打包|若干')
   OR regexp_matches(l.project_name, '[、和]') AND EXISTS (
       SELECT 1 FROM named n
       WHERE contains(l.project_name, n.one || '、' || n.other) OR contains(l.project_name, n.one || '和' || n.other))
