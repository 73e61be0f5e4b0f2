-- All that was closed in the period was closed on one day.
SELECT NULL AS line_id, l.submission_id, 'closed_date' AS column_name, CAST(count(*) AS VARCHAR) AS value,
       {{ day('min(l.closed_date)') }} AS expected, NULL AS difference
FROM {{ lines }} l
WHERE l.closed_date BETWEEN date_trunc('month', l.period_end) AND l.period_end
GROUP BY l.submission_id
HAVING count(*) >= {{ cfg.batch_close }} AND count(DISTINCT l.closed_date) = 1
