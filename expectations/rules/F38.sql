-- Who filled in, who checked, who answers, and when: each has to be there. A sheet without a header has no foot either.
SELECT NULL AS line_id, s.submission_id, NULL AS column_name,
       array_to_string(list_filter([
           CASE WHEN s.preparer IS NULL THEN '填报人' END, CASE WHEN s.reviewer IS NULL THEN '审核人' END,
           CASE WHEN s.head IS NULL THEN '负责人' END, CASE WHEN s.filled_date IS NULL THEN '填报日期' END],
           lambda x: x IS NOT NULL), '、') AS expected,
       NULL AS difference
FROM {{ submissions }} s
WHERE s.form = '{{ form.form }}' AND s.readable
  AND (s.preparer IS NULL OR s.reviewer IS NULL OR s.head IS NULL OR s.filled_date IS NULL)
  AND s.submission_id NOT IN (SELECT f.submission_id FROM {{ here }}.finding f WHERE f.rule = 'F33')
