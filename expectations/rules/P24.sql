-- A unit whose figures of twelve months, printed in 万元, are mostly round thousands, or whose last digits are not spread
-- as counts are: chi-square over ten digits, which needs many whole figures.
WITH printed AS (
    SELECT s.submission_id, h.{{ role.month }} AS x
    FROM {{ submissions }} s
    JOIN {{ history }}.{{ form.form }} h ON h.unit = s.unit AND h.period_end <= s.period_end
        AND h.period_end > s.period_end - INTERVAL 12 MONTH
    WHERE s.form = '{{ form.form }}' AND NOT s.refused AND h.{{ role.month }} > 0
      AND h.{{ role.month }}_high - h.{{ role.month }} <= 0.5
), shares AS (
    SELECT submission_id, count(*) AS n, count(*) FILTER (WHERE x % 1000 = 0) AS round FROM printed GROUP BY submission_id
), digits AS (
    SELECT submission_id, CAST(x AS BIGINT) % 10 AS digit, count(*) AS n FROM printed WHERE x % 1 = 0 GROUP BY ALL
), spread AS (
    SELECT submission_id, 10.0 * sum(n * n) / sum(n) - sum(n) AS chi FROM digits GROUP BY submission_id HAVING sum(n) >= {{ cfg.round_digits }}
)
SELECT NULL AS line_id, submission_id, NULL AS column_name, 100 * round // n || '%' AS value,
       '{{ (cfg.round_share | float * 100) | int }}%' AS expected, NULL AS difference
FROM shares LEFT JOIN spread USING (submission_id)
WHERE n >= {{ cfg.round_n }} AND round > {{ cfg.round_share }} * n OR chi > {{ cfg.round_chi }}
