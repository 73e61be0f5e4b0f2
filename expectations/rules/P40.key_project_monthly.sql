-- Reported as not started although dates, money or a permit long given say otherwise.
SELECT l.line_id, l.submission_id, CASE WHEN l.started = '否' THEN 'started' ELSE 'stage' END AS column_name,
       CASE WHEN l.actual_start_date IS NOT NULL THEN '填有实际开工时间 ' || {{ day('l.actual_start_date') }}
            WHEN l.completed_month > 0 THEN '本月完成投资 ' || {{ money('l.completed_month') }}
            WHEN l.completed_since_start > 0 THEN '自开工累计完成投资 ' || {{ money('l.completed_since_start') }}
            WHEN l.stage IN ('开工', '在建', '竣工', '投产', '达效') THEN '项目阶段是“' || l.stage || '”'
            ELSE '施工许可已批复 {{ cfg.permit_lag }} 天以上' END AS expected,
       NULL AS difference
FROM {{ lines }} l
WHERE (l.started = '否' OR l.stage IN ('谋划', '在谈', '签约', '落地'))
      AND (l.actual_start_date IS NOT NULL OR l.completed_since_start > 0 OR l.completed_month > 0
           OR EXISTS (SELECT 1 FROM {{ history }}.approval_case a
                      WHERE a.project_code = l.project_code AND a.matter = '施工许可'
                        AND a.decided_date <= l.period_end - INTERVAL {{ cfg.permit_lag }} DAY))
   OR l.started = '否' AND l.stage IN ('开工', '在建', '竣工', '投产', '达效')
