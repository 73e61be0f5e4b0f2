-- Two departments tell two stories of one project: starts far apart, or amounts that differ beyond rounding.
{% set mine, start = role.total, role.start %}
{% for other in others('project_code', 'total', 'start') %}
{% set theirs, their_start = other.role.total, other.role.start %}
(SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id,
       CASE WHEN {{ apart(lo(mine), hi(mine), 'o.' ~ theirs ~ '_low', 'o.' ~ theirs ~ '_high') }} THEN '{{ mine }}' ELSE '{{ start }}' END AS column_name,
       '{{ other.keywords[0] }}表报 ' || {{ money('o.' ~ theirs) }} || coalesce('、' || {{ day('o.' ~ their_start) }} || '开工', '') AS expected,
       l.{{ mine }} - o.{{ theirs }} AS difference
FROM {{ lines }} l JOIN {{ history }}.{{ other.form }} o ON o.{{ other.role.project_code }} = l.{{ role.project_code }} AND o.period = l.period
WHERE date_diff('day', {{ last_day(start) }}, o.{{ their_start }}_low) > {{ cfg.start_gap }}
   OR date_diff('day', o.{{ their_start }}, {{ first_day(start) }}) > {{ cfg.start_gap }}
   OR greatest({{ lo(mine) }} - o.{{ theirs }}_high, o.{{ theirs }}_low - {{ hi(mine) }}) > {{ cfg.amount_gap }} * greatest(l.{{ mine }}, o.{{ theirs }})
ORDER BY l.line_id, o.line_id)
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
