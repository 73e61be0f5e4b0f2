-- Reported as not started although dates, money or a permit long given say otherwise.
{% set started, stage, start, month, done = role.started, role.stage, role.start, role.month, role.since_start %}
SELECT l.line_id, l.submission_id, CASE WHEN l.{{ started }} = '否' THEN '{{ started }}' ELSE '{{ stage }}' END AS column_name,
       CASE WHEN l.{{ start }} IS NOT NULL THEN '填有{{ form.by_name[start].header }} ' || {{ day('l.' ~ start) }}
            WHEN l.{{ month }} > 0 THEN '{{ form.by_name[month].header }} ' || {{ money('l.' ~ month) }}
            WHEN l.{{ done }} > 0 THEN '{{ form.by_name[done].header }} ' || {{ money('l.' ~ done) }}
            WHEN l.{{ stage }} IN {{ listed(stages.begun) }} THEN '{{ form.by_name[stage].header }}是“' || l.{{ stage }} || '”'
            ELSE '{{ cfg.works_permit }}已批复 {{ cfg.permit_lag }} 天以上' END AS expected,
       NULL AS difference
FROM {{ lines }} l
WHERE (l.{{ started }} = '否' OR l.{{ stage }} IN {{ listed(stages.not_begun) }})
      AND (l.{{ start }} IS NOT NULL OR l.{{ done }} > 0 OR l.{{ month }} > 0
           OR {{ approved([cfg.works_permit], 'l.period_end - INTERVAL ' ~ cfg.permit_lag ~ ' DAY') }})
   OR l.{{ started }} = '否' AND l.{{ stage }} IN {{ listed(stages.begun) }}
