-- Reported as started without a date of the start, or with neither money spent nor a works permit.
{% set start, done = role.start, role.since_start %}
SELECT l.line_id, l.submission_id,
       CASE WHEN {{ sent(start) }} IS NULL THEN '{{ start }}' ELSE '{{ done }}' END AS column_name,
       CASE WHEN {{ sent(start) }} IS NULL THEN '没有{{ form.by_name[start].header }}' ELSE '没有完成投资，也没有施工许可' END AS expected,
       NULL AS difference
FROM {{ lines }} l
WHERE (l.{{ role.started }} = '是' OR l.{{ role.stage }} IN {{ listed(stages.begun) }})
  AND ({{ in_sheet(start) }} AND {{ sent(start) }} IS NULL
       OR coalesce(l.{{ done }}, CASE WHEN {{ sent(done) }} IS NULL THEN 0 END) = 0 AND NOT {{ approved([cfg.works_permit], 'l.period_end') }})
