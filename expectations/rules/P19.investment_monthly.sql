-- The same investor signed for the same amount twice within a short time; shares of one project are one contract.
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, 'contracted_amount' AS column_name,
       '“' || o.project_name || '”，' || {{ day('o.signed_date') }} || '签约' AS expected,
       abs(date_diff('day', o.signed_date, l.signed_date)) || '天' AS difference
FROM {{ lines }} l
JOIN {{ history }}.{{ form.form }} o ON o.period = l.period AND o.contracted_amount = l.contracted_amount
    AND o.line_id <> l.line_id AND o.business_key <> l.business_key
WHERE (o.investor_uscc = l.investor_uscc OR o.investor_name_norm = l.investor_name_norm)
  AND NOT {{ one_project('l', 'o') }}
  AND abs(date_diff('day', o.signed_date, l.signed_date)) <= {{ cfg.repeat_days }}
ORDER BY l.line_id, o.line_id
