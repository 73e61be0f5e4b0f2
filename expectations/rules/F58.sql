-- Less than the unit sent before, in a way in which a file that was cut is less: its end is missing, or most of it.
SELECT NULL AS line_id, e.submission_id, NULL AS column_name, e.lines || '行' AS value,
       CASE WHEN e.lines_before IS NULL THEN '表尾没有合计，也没有签署'
            ELSE CASE WHEN e.is_replaced THEN '上一次报送有' ELSE '上一期有' END || e.lines_before ||
            CASE WHEN e.totalled_before AND NOT e.totalled AND e.signed_before AND NOT e.signed THEN '行，表尾的合计和签署这次都没有'
                 WHEN e.totalled_before AND NOT e.totalled THEN '行，表尾的合计这次没有'
                 WHEN e.signed_before AND NOT e.signed THEN '行，表尾的签署这次没有' ELSE '行' END END AS expected,
       CASE WHEN e.is_replaced THEN e.lines - e.lines_before END AS difference
FROM {{ here }}.earlier_delivery e JOIN {{ submissions }} s USING (submission_id)
WHERE s.form = '{{ form.form }}' AND (
    e.lines > 0 AND NOT e.totalled AND NOT e.signed AND CASE
        WHEN e.lines_before IS NULL THEN e.is_text
        WHEN e.is_replaced AND e.lines = e.lines_before THEN e.totalled_before OR e.signed_before
        ELSE e.totalled_before AND e.signed_before END
    OR e.is_replaced AND e.lines < e.lines_before AND (
        e.totalled_before AND NOT e.totalled OR e.signed_before AND NOT e.signed
        OR e.is_beginning AND NOT e.totalled AND NOT e.signed
        OR e.lines < {{ cfg.much_smaller }} * e.lines_before))
