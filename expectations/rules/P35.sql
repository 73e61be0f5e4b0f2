-- Two projects of one submission with three or more equal figures, not all of them round hundreds.
{% set figures = {
    'key_project_monthly': ['total_investment', 'annual_plan', 'completed_month', 'completed_ytd'],
    'investment_monthly': ['contracted_amount', 'arrived_month', 'arrived_ytd', 'land_area_mu']}[form.form] %}
SELECT line_id, submission_id, column_name, value, expected, NULL AS difference
FROM (
{% for left_out in figures %}
{% set three = figures | reject('equalto', left_out) | list %}
SELECT l.line_id, l.submission_id, '{{ three[0] }}' AS column_name, {{ loop.index }} AS place,
       {% for f in three %}{{ num('l.' ~ f) }}{{ " || '、' || " if not loop.last }}{% endfor %} AS value,
       '第' || array_to_string(list_filter(a.rows, lambda r: r <> l.row_no), '、') || '行' AS expected
FROM {{ lines }} l JOIN (
    SELECT submission_id, {{ three | join(', ') }}, min(row_no, 6) AS rows
    FROM {{ lines }}
    WHERE {{ three | join(' <> 0 AND ') }} <> 0 AND ({{ three | join(' % 100 <> 0 OR ') }} % 100 <> 0)
    GROUP BY submission_id, {{ three | join(', ') }}
    HAVING count(DISTINCT coalesce(project_code, project_name)) > 1 AND count(DISTINCT business_key) > 1
) a USING (submission_id, {{ three | join(', ') }})
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
)
QUALIFY row_number() OVER (PARTITION BY line_id ORDER BY place DESC, expected) = 1
