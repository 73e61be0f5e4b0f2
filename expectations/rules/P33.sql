-- Overdue periods of one form received together, or one received long after its deadline around the freeze of the year.
WITH late AS (
    SELECT r.submission_id, r.unit, r.received_at, d.deadline, year(r.period_end) AS year
    FROM {{ history }}.received r JOIN {{ here }}.roster d USING (unit, form, period)
    WHERE r.form = '{{ form.form }}'
    QUALIFY row_number() OVER (PARTITION BY r.unit, r.period ORDER BY r.received_at, r.receipt_order, r.submission_id) = 1
        AND CAST(r.received_at AS DATE) > d.deadline
), together AS (
    SELECT *, count(*) OVER (PARTITION BY unit ORDER BY received_at
        RANGE BETWEEN INTERVAL {{ cfg.batch_days }} DAY PRECEDING AND INTERVAL {{ cfg.batch_days }} DAY FOLLOWING) AS n
    FROM late
)
SELECT NULL AS line_id, t.submission_id, NULL AS column_name, CAST(t.n AS VARCHAR) AS value,
       CASE WHEN t.n >= {{ cfg.batch_periods }} THEN '{{ cfg.batch_days }}天内' ELSE '年度冻结前后' END AS expected, NULL AS difference
FROM together t JOIN {{ submissions }} s USING (submission_id)
WHERE t.n >= {{ cfg.batch_periods }}
   OR t.received_at > t.deadline + {{ cfg.long_after }}
      AND abs(date_diff('day', CAST(t.received_at AS DATE), make_date(t.year + 1, 1, {{ cfg.freeze_day }}))) <= {{ cfg.batch_days }}
