-- A value that is not on its list, or not on the part of it that goes with the line.
{% for c in form.columns if c.list is not none %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name, '（{{ c.list }}' ||
{% for _, of in c.list_by %}
       '，{{ form.by_name[of].header if of in form.by_name else {'unit': '单位', 'period': '报告期'}[of] }}' || coalesce({{ '(SELECT u.name FROM ' ~ here ~ '.unit u WHERE u.unit = l.unit)' if of == 'unit' else 'l.' ~ of ~ '::VARCHAR' }}, '') ||
{% endfor %}
       '）：' || v.one AS expected
FROM {{ lines }} l, (SELECT unnest({{ each(c, 'l.' ~ c.name) }}) AS one) v
WHERE NOT EXISTS (
    FROM lists."{{ c.list }}" t
    WHERE t."value" = v.one{% for column, of in c.list_by %} AND t."{{ column }}" = l.{{ of }}::VARCHAR{% endfor %})
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
