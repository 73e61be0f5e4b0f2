-- What was reached beside what is promised for the part of the year that is over; jobs have no such part.
{% for x, promised, over in [('output_ytd', 'promised_output', 'month(l.period_end)'), ('tax_ytd', 'promised_tax', 'month(l.period_end)'), ('jobs', 'promised_jobs', '12')] %}
{% set due = cfg.kept_share ~ ' * l.' ~ promised ~ ' * ' ~ over ~ ' / 12' %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name,
       '不小于' || {{ num('round(' ~ due ~ ', 2)') }} || '{{ form.by_name[x].stored_in or form.by_name[x].unit }}' AS expected,
       round(l.{{ x }} - {{ due }}, 2) AS difference
FROM {{ lines }} l
WHERE l.production_date + INTERVAL {{ cfg.ramp_months }} MONTH <= l.period_end AND {{ hi(x) }} < {{ due }} AND {{ missing('shortfall_reason') }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
