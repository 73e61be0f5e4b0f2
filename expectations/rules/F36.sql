-- Received after the day by which it was due; the roster's days are already shifted for holidays.
SELECT NULL AS line_id, s.submission_id, NULL AS column_name,
       strftime(s.received_at, '%Y-%m-%d %H时%M分') AS value, {{ day('r.deadline') }} AS expected,
       date_diff('day', r.deadline, CAST(s.received_at AS DATE)) || '天' AS difference
FROM {{ submissions }} s JOIN {{ here }}.roster r USING (unit, form, period)
WHERE s.form = '{{ form.form }}' AND CAST(s.received_at AS DATE) > r.deadline
