-- A large project that starts within days of its signing.
SELECT l.line_id, l.submission_id, 'actual_start_date' AS column_name, {{ day('l.signed_date') }} AS expected,
       date_diff('day', l.signed_date, l.actual_start_date) || '天' AS difference
FROM {{ lines }} l
WHERE l.is_continuing = '新引进' AND l.signed_date_precision = 'day' AND l.actual_start_date_precision = 'day'
  AND l.actual_start_date - l.signed_date BETWEEN 0 AND {{ cfg.instant_days }}
  AND l.contracted_amount >= {{ cfg.instant_amount }}
