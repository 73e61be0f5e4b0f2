-- A part is greater than its whole.
{% for part, whole, name in [
    ('fixed_asset_amount', 'contracted_amount', '协议总投资'),
    ('arrived_ytd_out_of_province', 'arrived_ytd', '本年累计到位资金'),
    ('arrived_recognised', 'arrived_ytd', '本年累计到位资金'),
    ('arrived_month', 'arrived_ytd', '本年累计到位资金'),
    ('arrived_ytd', 'arrived_since_signing', '自签约累计到位资金')] %}
SELECT l.line_id, l.submission_id, '{{ part }}' AS column_name,
       '不大于{{ name }} ' || {{ money('l.' ~ whole) }} AS expected, l.{{ part }} - l.{{ whole }} AS difference
FROM {{ lines }} l
WHERE {{ lo(part) }} > {{ hi(whole) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
