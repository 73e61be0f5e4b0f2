-- A finding that came back: said to have rebounded, or like one that the same unit closed within the year.
SELECT l.line_id, l.submission_id, 'rebound' AS column_name, '上次整改销号后又反弹' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE l.rebound = '是'
UNION ALL
SELECT * FROM (
    SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'problem_text', '与已销号的 ' || o.problem_no || ' 相同', NULL
    FROM {{ lines }} l
    JOIN {{ here }}.similar n ON n.one = l.problem_text_norm
    JOIN {{ history }}.{{ form.form }} o ON o.problem_text_norm = n.other AND o.responsible_unit_code = l.responsible_unit_code
        AND o.problem_no < l.problem_no AND o.period <= l.period
    WHERE l.rebound IS DISTINCT FROM '是'
      AND o.closed_date BETWEEN l.period_end - INTERVAL {{ cfg.repeat_months }} MONTH AND l.period_end
    ORDER BY l.line_id, o.closed_date DESC, o.line_id)
