-- One business key on two or more lines of one submission: every one of them is named, with the first of the others.
{% set key = form.business_key[-1] %}
{% set shown = 'project_name' if 'project_name' in key else key[-1] %}
WITH alike AS (
    SELECT l.submission_id, l.business_key, min(l.row_no, 6) AS rows
    FROM {{ lines }} l
    WHERE l.business_key IS NOT NULL
    GROUP BY l.submission_id, l.business_key
    HAVING count(*) > 1
)
SELECT l.line_id, l.submission_id, '{{ shown }}' AS column_name,
       '第' || array_to_string(list_filter(a.rows, lambda r: r <> l.row_no), '、') || '行' AS expected,
       NULL AS difference
FROM {{ lines }} l JOIN alike a USING (submission_id, business_key)
