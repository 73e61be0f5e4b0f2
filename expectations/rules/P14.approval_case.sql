-- Decided before accepted.
SELECT l.line_id, l.submission_id, 'decided_date' AS column_name, '不早于受理日期 ' || {{ day('l.accepted_date') }} AS expected,
       date_diff('day', l.accepted_date, l.decided_date) || '天' AS difference
FROM {{ lines }} l
WHERE {{ last_day('decided_date') }} < {{ first_day('accepted_date') }}
