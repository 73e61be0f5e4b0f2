-- Issued after it was sent in.
SELECT l.line_id, l.submission_id, 'issued_date' AS column_name,
       '不晚于收到日期 ' || {{ day('s.received_at') }} AS expected,
       date_diff('day', CAST(s.received_at AS DATE), l.issued_date) || '天' AS difference
FROM {{ lines }} l JOIN {{ submissions }} s USING (submission_id)
WHERE {{ first_day('issued_date') }} > CAST(s.received_at AS DATE)
