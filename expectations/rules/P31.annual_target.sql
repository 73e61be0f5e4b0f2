-- A stretch target far above the target, or departments whose targets in force do not add up to their parent's.
SELECT l.line_id, l.submission_id, 'stretch_value' AS column_name, '超过目标值的{{ cfg.stretch }}倍' AS expected,
       l.stretch_value - {{ cfg.stretch }} * l.target_value AS difference
FROM {{ lines }} l
WHERE l.stretch_value > {{ cfg.stretch }} * l.target_value
{% for parent in cfg.parent_department %}
UNION ALL
SELECT l.line_id, l.submission_id, 'target_value', '各单位分解目标合计 ' || {{ num('sum(child.amount)') }}, sum(child.amount) - {{ in_common_unit('l') }}
FROM {{ lines }} l JOIN (
    SELECT department_code, indicator, year, {{ in_common_unit('h') }} AS amount FROM {{ history }}.{{ form.form }} h
    QUALIFY row_number() OVER (PARTITION BY department_code, indicator, year ORDER BY issued_date DESC, line_id DESC) = 1
) child ON child.indicator = l.indicator AND child.year = l.year AND child.department_code <> l.department_code
WHERE l.department_code = {{ quoted(parent) }}
GROUP BY l.line_id, l.submission_id, l.target_value, l.target_unit
HAVING sum(child.amount) <> {{ in_common_unit('l') }}
{% endfor %}
