-- One project in the ledgers of two units: the same code, or the same firm and name.
WITH claims AS (
    SELECT l.line_id, l.submission_id, o.unit
    FROM {{ lines }} l JOIN {{ history }}.{{ form.form }} o ON o.period = l.period AND o.project_code = l.project_code
    WHERE o.unit <> l.unit
    UNION
    SELECT l.line_id, l.submission_id, o.unit
    FROM {{ lines }} l JOIN {{ history }}.{{ form.form }} o
      ON o.period = l.period AND o.builder_uscc = l.builder_uscc AND o.project_name_norm = l.project_name_norm
    WHERE o.unit <> l.unit
)
SELECT line_id, submission_id, 'project_name' AS column_name, string_agg(u.name, '、' ORDER BY u.name) AS expected, NULL AS difference
FROM claims JOIN {{ here }}.unit u USING (unit)
GROUP BY line_id, submission_id
