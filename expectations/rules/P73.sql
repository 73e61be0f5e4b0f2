-- The capital of a project as a share of all that is planned for it. Told once a project, at its first line.
WITH project AS (
    SELECT submission_id, coalesce(project_code, project_name || '@' || builder_name) AS project, min_by(line_id, row_no) AS line_id,
           coalesce(sum(planned_total) FILTER (fund_source IN {{ listed(cfg.capital_sources) }}), 0) AS capital,
           coalesce(sum(planned_total_high) FILTER (fund_source IN {{ listed(cfg.capital_sources) }}), 0) AS capital_high,
           sum(planned_total) AS planned, sum(planned_total_low) AS low
    FROM {{ lines }}
    GROUP BY ALL
    HAVING count(*) = count(planned_total) AND count(*) = count(fund_source)
)
SELECT line_id, submission_id, 'planned_total' AS column_name, {{ num('round(100 * capital / planned, 2)') }} || '%' AS value,
       '不小于{{ '%g' | format(cfg.capital_share | float * 100) }}%' AS expected, NULL AS difference
FROM project
WHERE low > 0 AND capital_high < {{ cfg.capital_share }} * low
