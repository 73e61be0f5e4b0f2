-- Reported as started without a date of the start, or with neither money spent nor a works permit.
SELECT l.line_id, l.submission_id,
       CASE WHEN {{ sent('actual_start_date') }} IS NULL THEN 'actual_start_date' ELSE 'completed_since_start' END AS column_name,
       CASE WHEN {{ sent('actual_start_date') }} IS NULL THEN '没有实际开工时间' ELSE '没有完成投资，也没有施工许可' END AS expected,
       NULL AS difference
FROM {{ lines }} l
WHERE (l.started = '是' OR l.stage IN ('开工', '在建', '竣工', '投产', '达效'))
  AND ({{ in_sheet('actual_start_date') }} AND {{ sent('actual_start_date') }} IS NULL
       OR coalesce(l.completed_since_start, CASE WHEN {{ sent('completed_since_start') }} IS NULL THEN 0 END) = 0
          AND NOT EXISTS (
              SELECT 1 FROM {{ history }}.approval_case a
              WHERE a.project_code = l.project_code AND a.matter = '施工许可' AND a.decided_date <= l.period_end))
