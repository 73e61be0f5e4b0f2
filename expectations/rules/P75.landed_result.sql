-- A figure of this quarter beside the same one believed of the quarter before.
{% for each in cfg.jump_least %}
{% set x, least = each.split() %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, {{ measured(x, 'p') }} AS expected, l.{{ x }} - p.{{ x }} AS difference
FROM {{ lines }} l JOIN {{ earlier('p', among=believed) }}
WHERE greatest(l.{{ x }}, p.{{ x }}) >= {{ least }} AND l.{{ x }} >= 0 AND p.{{ x }} >= 0
  AND ({{ lo(x) }} > {{ cfg.jump_times }} * p.{{ x }}_high OR {{ cfg.jump_times }} * {{ hi(x) }} < p.{{ x }}_low)
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
