-- December carries too much of the year, or grew far faster over last year than the eleven months before it.
WITH december AS (
    SELECT l.submission_id, l.unit, year(l.period_end) AS year, sum(l.{{ role.month }}) AS month, sum(l.{{ role.year_to_date }}) AS total
    FROM {{ lines }} l WHERE month(l.period_end) = 12 GROUP BY ALL
), last AS (
    SELECT h.unit, year(h.period_end) AS year, sum(h.{{ role.month }}) AS month, sum(h.{{ role.year_to_date }}) AS total
    FROM {{ believed }}.{{ form.form }} h WHERE month(h.period_end) = 12 GROUP BY ALL
)
SELECT NULL AS line_id, d.submission_id, NULL AS column_name, {{ money('d.month') }} AS value,
       CASE WHEN d.month > {{ cfg.dec_share }} * d.total THEN '全年的{{ (cfg.dec_share | float * 100) | int }}%'
            ELSE '前11个月增幅的{{ cfg.dec_growth }}倍' END AS expected,
       d.month - {{ cfg.dec_share }} * d.total AS difference
FROM december d LEFT JOIN last p ON p.unit = d.unit AND p.year = d.year - 1
WHERE d.total > 0
  AND (d.month > {{ cfg.dec_share }} * d.total
       OR p.month > 0 AND p.total > p.month AND d.total - d.month > p.total - p.month
          AND d.month / p.month - 1 > {{ cfg.dec_growth }} * ((d.total - d.month) / (p.total - p.month) - 1))
