-- Two departments tell two stories of one project: starts far apart, or amounts that differ beyond rounding.
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id,
       CASE WHEN l.total_investment_low > o.contracted_amount_high OR l.total_investment_high < o.contracted_amount_low
            THEN 'total_investment' ELSE 'actual_start_date' END AS column_name,
       '招商引资表报 ' || {{ money('o.contracted_amount') }} || coalesce('、' || {{ day('o.actual_start_date') }} || '开工', '') AS expected,
       l.total_investment - o.contracted_amount AS difference
FROM {{ lines }} l JOIN {{ history }}.investment_monthly o ON o.project_code = l.project_code AND o.period = l.period
WHERE date_diff('day', l.actual_start_date, o.actual_start_date_low) > {{ cfg.start_gap }}
   OR date_diff('day', o.actual_start_date, l.actual_start_date_low) > {{ cfg.start_gap }}
   OR greatest(l.total_investment_low - o.contracted_amount_high, o.contracted_amount_low - l.total_investment_high)
      > {{ cfg.amount_gap }} * greatest(l.total_investment, o.contracted_amount)
ORDER BY l.line_id, o.line_id
