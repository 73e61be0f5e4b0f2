-- Decisions of one approving unit that fall on the promised day far too often, over the year so far.
WITH decided AS (
    SELECT s.submission_id, l.approving_unit_code, l.promised_days, {{ used_days('l.accepted_date', 'l.decided_date') }} AS used,
           row_number() OVER (PARTITION BY s.submission_id, l.business_key ORDER BY l.period_end DESC, l.line_id) AS mention
    FROM {{ submissions }} s
    JOIN {{ history }}.{{ form.form }} l ON l.unit = s.unit AND l.period_end <= s.period_end AND year(l.decided_date) = year(s.period_end)
    WHERE s.form = '{{ form.form }}' AND NOT s.refused AND l.promised_days IS NOT NULL
), counted AS (
    SELECT submission_id, approving_unit_code, count(*) AS n, count(*) FILTER (WHERE used = promised_days) AS exact
    FROM decided WHERE mention = 1 AND used IS NOT NULL GROUP BY ALL
)
SELECT NULL AS line_id, submission_id, NULL AS column_name,
       coalesce(u.name, approving_unit_code) || ' ' || 100 * exact // n || '%' AS value, exact || '/' || n || '件' AS expected, NULL AS difference
FROM counted LEFT JOIN {{ here }}.unit u ON u.unit = approving_unit_code
WHERE n >= {{ cfg.dress_n }} AND exact > {{ cfg.dress_share }} * n
