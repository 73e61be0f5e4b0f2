-- Two departments tell two stories of one project: starts far apart, or amounts that differ beyond rounding.
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id,
       CASE WHEN l.contracted_amount_low > o.total_investment_high OR l.contracted_amount_high < o.total_investment_low
            THEN 'contracted_amount' ELSE 'actual_start_date' END AS column_name,
       '重点项目表报 ' || {{ money('o.total_investment') }} || coalesce('、' || {{ day('o.actual_start_date') }} || '开工', '') AS expected,
       l.contracted_amount - o.total_investment AS difference
FROM {{ lines }} l JOIN {{ history }}.key_project_monthly o ON o.project_code = l.project_code AND o.period = l.period
WHERE date_diff('day', l.actual_start_date, o.actual_start_date_low) > {{ cfg.start_gap }}
   OR date_diff('day', o.actual_start_date, l.actual_start_date_low) > {{ cfg.start_gap }}
   OR greatest(l.contracted_amount_low - o.total_investment_high, o.total_investment_low - l.contracted_amount_high)
      > {{ cfg.amount_gap }} * greatest(l.contracted_amount, o.total_investment)
ORDER BY l.line_id, o.line_id
