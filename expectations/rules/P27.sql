-- The reported rate is none that its own figures allow, whatever was rounded (identities; P26 silences it).
{% for c in form.columns if c.type == 'percent' and c.recompute %}
{% set rate, part, whole = c.name, c.recompute[0], c.recompute[1] %}
SELECT l.line_id, l.submission_id, '{{ rate }}' AS column_name,
       {{ num('round(100 * l.' ~ part ~ ' / l.' ~ whole ~ ', 2)') }} || '%' AS expected,
       round(l.{{ rate }} - 100 * l.{{ part }} / l.{{ whole }}, 2) AS difference
FROM {{ lines }} l
WHERE {{ lo(whole) }} > 0 AND {{ rate_differs(rate, part, whole) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
