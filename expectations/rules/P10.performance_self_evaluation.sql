-- The money block: 年度资金总额 is 财政拨款 plus 其他资金. A total of 0 is P44.
{% for total in ['budget_initial', 'budget_adjusted', 'budget_executed'] %}
{% set fiscal, other = total ~ '_fiscal', total ~ '_other' %}
SELECT l.line_id, l.submission_id, '{{ total }}' AS column_name,
       '等于财政拨款与其他资金之和 ' || {{ money('l.' ~ fiscal ~ ' + l.' ~ other) }} AS expected,
       l.{{ total }} - l.{{ fiscal }} - l.{{ other }} AS difference
FROM {{ lines }} l
WHERE l.{{ total }} <> 0
  AND {{ apart(lo(total), hi(total), lo(fiscal) ~ ' + ' ~ lo(other), hi(fiscal) ~ ' + ' ~ hi(other)) }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
