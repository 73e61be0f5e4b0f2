-- Started before the approval was given, or while it is still pending; of each matter the latest case counts.
WITH latest AS (
    SELECT project_code, matter, decided_date FROM {{ history }}.approval_case
    WHERE matter IN ('环评', '施工许可', '用地') AND project_code IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY project_code, matter ORDER BY period DESC, accepted_date DESC, line_id) = 1
)
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'actual_start_date' AS column_name,
       a.matter || coalesce(' ' || {{ day('a.decided_date') }} || ' 才批复', '还没有批复') AS expected,
       date_diff('day', l.actual_start_date, a.decided_date) || '天' AS difference
FROM {{ lines }} l JOIN latest a ON a.project_code = l.project_code
WHERE l.started = '是'
  AND (l.actual_start_date < a.decided_date OR a.decided_date IS NULL AND l.actual_start_date <= l.period_end)
ORDER BY l.line_id, a.matter
