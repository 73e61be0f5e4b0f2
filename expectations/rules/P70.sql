-- More arrived than was planned: what the contract says under identities. Asked about, since money may come early.
{% for said in form.judged_by('P70') %}
{% set x, planned = said.left.column, said.terms[0].ref.column %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, '不大于{{ form.by_name[planned].header }} ' || {{ measured(planned) }} AS expected,
       l.{{ x }} - l.{{ planned }} AS difference
FROM {{ lines }} l
WHERE {{ lo(x) }} > {{ hi(planned) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
