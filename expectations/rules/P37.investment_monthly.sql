-- Funds that the recognition rules leave out: by industry, by origin, by who pays.
{% for column, test, words in [
    ('industry', 'l.industry IN ' ~ listed(cfg.excluded_industries), '产业'),
    ('investor_origin', 'l.investor_origin IN ' ~ listed(cfg.home_area), '本地资金'),
    ('investor_name', 'regexp_matches(l.investor_name, ' ~ any_of(cfg.public_money) ~ ')', '财政资金')] %}
SELECT l.line_id, l.submission_id, '{{ column }}' AS column_name,
       '{{ words }}不在认定范围，本年到位 ' || {{ money('l.arrived_ytd') }} AS expected, NULL AS difference
FROM {{ lines }} l
WHERE l.arrived_ytd > 0 AND {{ test }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
