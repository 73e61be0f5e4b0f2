-- One unit promises working days and calendar days for the same matter: the rarer kind is asked about.
WITH kinds AS (
    SELECT l.line_id, l.submission_id, l.approving_unit, l.matter,
           CASE WHEN regexp_matches({{ sent('promised_days') }}, '自然|日历') THEN '自然日'
                WHEN contains({{ sent('promised_days') }}, '工作') THEN '工作日' END AS kind
    FROM {{ lines }} l
), counted AS (
    SELECT *, count(*) OVER (PARTITION BY submission_id, approving_unit, matter, kind) AS mine,
           count(*) OVER (PARTITION BY submission_id, approving_unit, matter) AS every
    FROM kinds WHERE kind IS NOT NULL
)
SELECT line_id, submission_id, 'promised_days' AS column_name,
       kind || '（同一事项另有' || (every - mine) || '件按' || CASE kind WHEN '工作日' THEN '自然日' ELSE '工作日' END || '）' AS expected,
       NULL AS difference
FROM counted
WHERE 2 * mine < every OR 2 * mine = every AND kind = '自然日'
