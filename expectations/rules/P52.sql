-- A year that no date of this form can have, or the digits of the figure last believed with the first one gone or one more.
{% for c in form.columns if c.type in ('date', 'year') %}
{% set written = 'year(l.' ~ c.name ~ ')' if c.type == 'date' else 'l.' ~ c.name %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name,
       '1990年至' || (year(l.period_end) + {{ cfg.year_ahead }}) || '年之间' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE {{ written }} NOT BETWEEN 1990 AND year(l.period_end) + {{ cfg.year_ahead }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
{% set figures = [role.get('total'), role.get('plan'), role.get('budget_opening')] | select | list %}
{% for x in figures %}
{% set now, before = "replace(" ~ num('l.' ~ x) ~ ", '.', '')", "replace(" ~ num('p.' ~ x) ~ ", '.', '')" %}
{{ 'UNION ALL' if not loop.first or form.columns | selectattr('type', 'in', ('date', 'year')) | list }}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, {{ money('p.' ~ x) }} AS expected, l.{{ x }} - p.{{ x }} AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', x, positive=true) }}
WHERE l.{{ x }} > 0 AND l.{{ x }} <> p.{{ x }}
  AND ({{ now }} = {{ before }}[2:]
       OR len({{ now }}) = len({{ before }}) + 1
          AND len(list_filter(range(1, len({{ now }}) + 1), lambda i: {{ now }}[:i - 1] || {{ now }}[i + 1:] = {{ before }})) > 0)
{% endfor %}
