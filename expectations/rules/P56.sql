-- The title carries the mark of a retired version of the form (expectations/retired.csv).
{% for old in retired if old.form == form.form %}
SELECT NULL AS line_id, s.submission_id, NULL AS column_name, {{ quoted(old.version) }} AS value,
       {{ quoted(old.current) }} AS expected, NULL AS difference
FROM {{ submissions }} s
WHERE s.form = '{{ form.form }}' AND contains(s.title, {{ quoted(old.mark) }}) AND s.period > {{ quoted(old.last_period) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
