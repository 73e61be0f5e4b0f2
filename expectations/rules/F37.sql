-- A slot of the roster for which nothing at all has come by the night's date. Judged only by a whole night.
SELECT NULL AS line_id, 'missing:' || r.unit || ':' || r.form || ':' || r.period AS submission_id,
       NULL AS column_name, {{ day('r.deadline') }} AS value,
       u.name || ' ' || r.period || ' {{ form.name }}' AS expected,
       date_diff('day', r.deadline, DATE '{{ cfg.as_of[:10] }}') || '天' AS difference
FROM {{ here }}.roster r JOIN {{ here }}.unit u USING (unit)
WHERE r.form = '{{ form.form }}'
  AND r.deadline + {{ cfg.grace_days }} < DATE '{{ cfg.as_of[:10] }}'
  AND NOT EXISTS (
      FROM {{ history }}.received s WHERE s.unit = r.unit AND s.form = r.form AND s.period = r.period)
