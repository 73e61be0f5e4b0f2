-- One business key on two or more lines of one submission: every one of them is named, with the others.
{% set key = form.business_key[-1] %}
{% set shown = 'project_name' if 'project_name' in key else key[-1] %}
SELECT line_id, submission_id, '{{ shown }}' AS column_name,
       '第' || array_to_string(list_filter(rows_alike, lambda r: r <> row_no), '、') || '行' AS expected,
       NULL AS difference
FROM (
    SELECT l.line_id, l.submission_id, l.row_no,
           list(l.row_no) OVER (PARTITION BY l.submission_id, l.business_key
                                ORDER BY l.row_no ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS rows_alike
    FROM {{ lines }} l
    WHERE l.business_key IS NOT NULL
)
WHERE len(rows_alike) > 1
