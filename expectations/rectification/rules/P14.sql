-- Closed after the end of the period.
SELECT l.line_id, l.submission_id, 'closed_date' AS column_name, '不晚于报告期末 ' || {{ day('l.period_end') }} AS expected,
       date_diff('day', l.period_end, l.closed_date) || '天' AS difference
FROM {{ lines }} l
WHERE {{ first_day('closed_date') }} > l.period_end
