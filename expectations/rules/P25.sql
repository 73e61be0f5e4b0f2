-- A figure some ten thousand (or a thousand, a hundred) times the one last believed or its own whole, or beyond anything that
-- a county builds: the unit slipped. Where most of a column did, that is P25C.
{% set now_and_its_whole = [] if not whole else [(role.year_to_date, role.plan), (role.plan, whole)] if role.plan is defined else [(role.year_to_date, whole)] %}
{% for x, of in now_and_its_whole %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name,
       '约为“{{ form.by_name[of].header }}”' || {{ money('l.' ~ of) }} || {{ times('l.' ~ x, 'l.' ~ of) }} AS expected, l.{{ x }} - l.{{ of }} AS difference
FROM {{ lines }} l
WHERE l.{{ of }} > 0 AND {{ slipped('l.' ~ x, 'l.' ~ of, cfg.unit_slips[:1]) }}
{{ 'UNION ALL' if steady or not loop.last }}
{% endfor %}
{% for x in steady %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name,
       '约为' || {{ money('p.' ~ x) }} || {{ dated('p') }} || {{ times('l.' ~ x, 'p.' ~ x) }} AS expected, l.{{ x }} - p.{{ x }} AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', x, positive=true) }}
WHERE {{ slipped('l.' ~ x, 'p.' ~ x, cfg.unit_slips) }} OR {{ slipped('p.' ~ x, 'l.' ~ x, cfg.unit_slips) }}
UNION ALL
SELECT l.line_id, l.submission_id, '{{ x }}', '超过最大项目 {{ cfg.largest_project }}万元', l.{{ x }} - {{ cfg.largest_project }}
FROM {{ lines }} l WHERE l.{{ x }} > {{ cfg.largest_project }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
{% for c in form.columns if c.role == 'year_part' and c.unit == 'USD' %}
{{ 'UNION ALL' if steady or now_and_its_whole or not loop.first }}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name, '应不超过到位资金 ' || {{ money('l.' ~ role.year_to_date) }} AS expected, NULL AS difference
FROM {{ lines }} l JOIN {{ here }}.fx_rate r ON r.month = l.period
WHERE l.{{ c.name }} * r.rate > {{ hi(role.year_to_date) }} AND l.{{ c.name }} <= {{ hi(role.year_to_date) }}      -- yuan in a column of dollars
{% endfor %}
