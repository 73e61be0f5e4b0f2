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
    SELECT submission_id, 10.0 * sum(n * n) / sum(n) - sum(n) AS chi, arg_max(digit, 10 * n - digit) AS digit, 100 * max(n) // sum(n) AS share
    FROM digits GROUP BY submission_id HAVING sum(n) >= {{ cfg.round_digits }}
), found AS (
    SELECT *, n >= {{ cfg.round_n }} AND round > {{ cfg.round_share }} * n AS is_round
    FROM shares LEFT JOIN spread USING (submission_id)
)
SELECT NULL AS line_id, submission_id, NULL AS column_name,
       CASE WHEN is_round THEN '000 (' || 100 * round // n || '%)' ELSE digit || ' (' || CAST(share AS INTEGER) || '%)' END AS value,
       CASE WHEN is_round THEN '{{ (cfg.round_share | float * 100) | int }}%' ELSE '10%' END AS expected, NULL AS difference
FROM found
WHERE is_round OR chi > {{ cfg.round_chi }}
