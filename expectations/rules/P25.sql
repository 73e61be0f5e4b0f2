-- A figure some ten thousand (or a thousand, a hundred) times the one last believed or its own whole, or beyond anything that
-- a county builds: the unit slipped. Where most of a column did, that is P25C.
{% set wide_low, wide_high = cfg.unit_slips[0].split() %}
{% set fixed = {'key_project_monthly': ['total_investment', 'annual_plan'], 'budget_execution_monthly': ['budget_initial'],
                'investment_monthly': ['contracted_amount', 'fixed_asset_amount']}[form.form] %}
{% set parts = {'key_project_monthly': [('completed_ytd', 'annual_plan'), ('annual_plan', 'total_investment')],
                'budget_execution_monthly': [('spent_ytd', 'budget_adjusted')],
                'investment_monthly': [('arrived_ytd', 'contracted_amount')]}[form.form] %}
{% for x, whole in parts %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name,
       '约为“{{ form.by_name[whole].header }}”' || {{ money('l.' ~ whole) }} || {{ times('l.' ~ x, 'l.' ~ whole) }} AS expected, l.{{ x }} - l.{{ whole }} AS difference
FROM {{ lines }} l
WHERE l.{{ whole }} > 0 AND l.{{ x }} BETWEEN {{ wide_low }} * l.{{ whole }} AND {{ wide_high }} * l.{{ whole }}
UNION ALL
{% endfor %}
{% for x in fixed %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name,
       '约为' || {{ money('p.' ~ x) }} || {{ dated('p') }} || {{ times('l.' ~ x, 'p.' ~ x) }} AS expected, l.{{ x }} - p.{{ x }} AS difference
FROM {{ lines }} l JOIN {{ last_believed('p', x, positive=true) }}
WHERE l.{{ x }} > 0 AND p.{{ x }} > 0
  AND ({% for slip in cfg.unit_slips %}{% set low, high = slip.split() %}
       l.{{ x }} BETWEEN {{ low }} * p.{{ x }} AND {{ high }} * p.{{ x }} OR p.{{ x }} BETWEEN {{ low }} * l.{{ x }} AND {{ high }} * l.{{ x }}
       {{ 'OR' if not loop.last }} {% endfor %})
UNION ALL
SELECT l.line_id, l.submission_id, '{{ x }}', '超过最大项目 {{ cfg.largest_project }}万元', l.{{ x }} - {{ cfg.largest_project }}
FROM {{ lines }} l WHERE l.{{ x }} > {{ cfg.largest_project }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
{% if form.form == 'investment_monthly' %}
UNION ALL
SELECT l.line_id, l.submission_id, 'arrived_ytd_foreign_usd', '应不超过到位资金 ' || {{ money('l.arrived_ytd') }}, NULL
FROM {{ lines }} l JOIN {{ here }}.fx_rate r ON r.month = l.period
WHERE l.arrived_ytd_foreign_usd * r.rate > {{ hi('arrived_ytd') }} AND l.arrived_ytd_foreign_usd <= {{ hi('arrived_ytd') }}
{% endif %}
