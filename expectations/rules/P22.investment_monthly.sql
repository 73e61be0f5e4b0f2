-- A new project first reported as signed, although the unit's ledgers of the two months before came and did not know it.
SELECT l.line_id, l.submission_id, 'introducing_unit' AS column_name, l.stage AS value, l.introducing_unit AS expected,
       NULL AS difference
FROM {{ lines }} l
WHERE l.is_continuing = '新引进' AND l.stage IN {{ listed(stages.signed) }}
  AND NOT EXISTS (
      FROM {{ history }}.{{ form.form }} h
      WHERE h.unit = l.unit AND h.project_name_norm = l.project_name_norm AND h.period_end < l.period_end)
  AND NOT EXISTS (
      FROM {{ history }}.{{ form.form }} h
      WHERE h.unit = l.unit AND h.business_key = l.business_key AND h.period_end < l.period_end)
{% for months in (1, 2) %}
  AND EXISTS (
      FROM {{ history }}.received r
      WHERE r.in_force AND r.form = '{{ form.form }}' AND r.unit = l.unit
        AND r.period = strftime(date_trunc('month', l.signed_date) - INTERVAL {{ months }} MONTH, '%Y-%m'))
{% endfor %}
