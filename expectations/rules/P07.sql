-- Completed since the beginning exceeds what the project comes to.
{% for said in form.judged_by('P07') %}
{% set done, total = said.left.column, said.terms[0].ref.column %}
SELECT l.line_id, l.submission_id, '{{ done }}' AS column_name,
       {{ money('l.' ~ total) }} || CASE WHEN {{ lo(done) }} > {{ cfg.over_estimate }} * {{ hi(total) }} THEN '，超概算' ELSE '' END AS expected,
       l.{{ done }} - l.{{ total }} AS difference
FROM {{ lines }} l
WHERE {{ lo(done) }} > {{ hi(total) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
