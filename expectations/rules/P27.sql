-- The reported rate is none that its own figures allow, whatever was rounded (identities; P26 silences it).
{% set rate, part, whole = rate_of(form), part_of(form), whole_of(form) %}
SELECT l.line_id, l.submission_id, '{{ rate }}' AS column_name,
       {{ num('round(100 * l.' ~ part ~ ' / l.' ~ whole ~ ', 2)') }} || '%' AS expected,
       round(l.{{ rate }} - 100 * l.{{ part }} / l.{{ whole }}, 2) AS difference
FROM {{ lines }} l
WHERE {{ lo(whole) }} > 0 AND {{ rate_differs(rate, part, whole) }}
