-- A part is greater than its whole, or parts do not add up to it: what the contract says under identities.
{% macro sum_of(said, end) %}
{% for term in said.terms %}
{% set figure = 'l.' ~ term.ref.column ~ end %}
{{ '' if loop.first else ' + ' if term.sign > 0 else ' - ' }}{{ 'CASE WHEN ' ~ missing(term.ref.column) ~ ' THEN 0 ELSE ' ~ figure ~ ' END' if term.ref.blank_is_zero else figure }}
{%- endfor %}
{% endmacro %}
{% for said in form.judged_by('P10') %}
{% set x = said.left.column %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name,
{% if said.relation == '<=' %}
{% set whole = said.terms[0].ref.column %}
       '不大于{{ form.by_name[whole].header }} ' || {{ measured(whole) }} AS expected, l.{{ x }} - l.{{ whole }} AS difference
FROM {{ lines }} l
WHERE {{ lo(x) }} > {{ hi(whole) }}
{% else %}
       '等于{{ said.called }} ' || {{ money(sum_of(said, '')) }} AS expected, l.{{ x }} - ({{ sum_of(said, '') }}) AS difference
FROM {{ lines }} l
WHERE {{ apart(lo(x), hi(x), sum_of(said, '_low'), sum_of(said, '_high')) }} {{ 'AND l.' ~ said.nonzero ~ ' <> 0' if said.nonzero }}
{% endif %}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
