-- An open problem that was settled once: by its number, or as one like it of the same project.
SELECT line_id, submission_id, column_name, expected, difference FROM (
    SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'problem_text' AS column_name,
           '与已办结的 ' || o.problem_no || ' 相同' AS expected, NULL AS difference
    FROM {{ lines }} l
    JOIN {{ history }}.{{ form.form }} o ON o.project_name_norm = l.project_name_norm AND o.period <= l.period AND o.closed_date IS NOT NULL
        AND (o.problem_no = l.problem_no AND o.period < l.period
             OR o.problem_no <> l.problem_no AND EXISTS (
                 FROM {{ here }}.similar n WHERE n.one = l.problem_text_norm AND n.other = o.problem_text_norm))
    WHERE l.closed_date IS NULL
    ORDER BY l.line_id, o.closed_date DESC, o.line_id)
