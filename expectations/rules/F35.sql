-- A value outside the range of the contract, where signed columns have none. A signed project has an amount.
{% for c in form.columns if c.minimum is not none or c.maximum is not none %}
{% set below = '<=' if c.exclusive else '<' %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name,
       '{{ ('大于' if c.exclusive else '不小于') ~ c.minimum if c.minimum is not none }}{{ '，不大于' ~ c.maximum if c.maximum is not none }}' AS expected,
       {{ 'l.' ~ c.name ~ ' - ' ~ (c.minimum or c.maximum) }} AS difference
FROM {{ lines }} l
WHERE {{ 'l.' ~ c.name ~ ' ' ~ below ~ ' ' ~ c.minimum if c.minimum is not none else 'false' }}
   OR {{ 'l.' ~ c.name ~ ' > ' ~ c.maximum if c.maximum is not none else 'false' }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
{% if role.signed is defined and role.stage is defined and role.total is defined %}
UNION ALL
SELECT l.line_id, l.submission_id, '{{ role.total }}', '签约以后应大于0', NULL
FROM {{ lines }} l
WHERE l.{{ role.total }} = 0 AND l.{{ role.stage }} IN {{ listed(stages.signed) }}
{% endif %}
