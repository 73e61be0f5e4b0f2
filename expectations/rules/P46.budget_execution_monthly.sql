-- The amounts named in the note cover less than the change they should explain.
WITH told AS (
    SELECT l.line_id, l.submission_id, l.budget_change,
           list_sum(list_transform(regexp_extract_all(replace(l.note, ',', ''), '\d+(?:\.\d+)?\s*(?:亿元|万元|元|亿|万)'), lambda t:
               CAST(regexp_extract(t, '[0-9.]+') AS DECIMAL(20,6))
               * CASE WHEN contains(t, '亿') THEN 10000 WHEN contains(t, '万') THEN 1 ELSE 0.0001 END)) AS amount
    FROM {{ lines }} l
    WHERE l.budget_change <> 0
)
SELECT line_id, submission_id, 'budget_change' AS column_name, {{ money('amount') }} AS value,
       {{ money('budget_change') }} AS expected, abs(budget_change) - amount AS difference
FROM told
WHERE amount < {{ cfg.told_share }} * abs(budget_change)
