-- A quotient that is none which its own parts allow, whatever was rounded: what the contract says under identities.
{% for said in form.judged_by('P74') %}
{% set x, factor, part, whole = said.left.column, said.ratio[0] | float, said.ratio[1].column, said.ratio[2].column %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name,
       {{ num('round(' ~ factor ~ ' * l.' ~ part ~ ' / l.' ~ whole ~ ', 2)') }} || '{{ form.by_name[x].unit or '' }}' AS expected,
       round(l.{{ x }} - {{ factor }} * l.{{ part }} / l.{{ whole }}, 2) AS difference
FROM {{ lines }} l
WHERE {{ lo(whole) }} > 0 AND {{ rate_differs(x, part, whole, 100 / factor) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
