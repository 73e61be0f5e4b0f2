-- Done by its day and not by its quantity, or the other way round; or done before it was to begin.
SELECT l.line_id, l.submission_id, 'actual_date' AS column_name,
       '完成工程量 ' || {{ num('l.done_quantity') }} || '，计划工程量 ' || {{ num('l.planned_quantity') }} AS expected,
       l.done_quantity - l.planned_quantity AS difference
FROM {{ lines }} l
WHERE l.actual_date IS NOT NULL AND {{ hi('done_quantity') }} < {{ lo('planned_quantity') }}
UNION ALL
SELECT l.line_id, l.submission_id, 'done_quantity', '没有{{ form.by_name.actual_date.header }}', NULL
FROM {{ lines }} l
WHERE {{ missing('actual_date') }} AND l.planned_quantity > 0 AND l.done_quantity >= l.planned_quantity
UNION ALL
SELECT l.line_id, l.submission_id, 'actual_date', '{{ form.by_name.planned_start_date.header }}是 ' || {{ day('l.planned_start_date') }},
       date_diff('day', l.planned_start_date, l.actual_date) || '天'
FROM {{ lines }} l
WHERE {{ last_day('actual_date') }} < {{ first_day('planned_start_date') }}
