-- Two projects of one submission with three or more equal figures, not all of them round hundreds.
{% set figures = {
    'key_project_monthly': ['total_investment', 'annual_plan', 'completed_month', 'completed_ytd'],
    'investment_monthly': ['contracted_amount', 'arrived_month', 'arrived_ytd', 'land_area_mu']}[form.form] %}
WITH alike AS (
{% for left_out in figures %}
{% set three = figures | reject('equalto', left_out) | list %}
    SELECT l.submission_id, list(l.line_id ORDER BY l.row_no) AS lines, list(l.row_no ORDER BY l.row_no) AS rows,
           {% for f in three %}{{ num('l.' ~ f) }}{{ " || '、' || " if not loop.last }}{% endfor %} AS value,
           '{{ three[0] }}' AS column_name
    FROM {{ lines }} l
    WHERE {% for f in three %}l.{{ f }} <> 0{{ ' AND ' if not loop.last }}{% endfor %}
      AND ({% for f in three %}l.{{ f }} % 100 <> 0{{ ' OR ' if not loop.last }}{% endfor %})
    GROUP BY l.submission_id, {% for f in three %}l.{{ f }}{{ ', ' if not loop.last }}{% endfor %}
    HAVING count(DISTINCT coalesce(l.project_code, l.project_name)) > 1 AND count(DISTINCT l.business_key) > 1
{{ '    UNION ALL' if not loop.last }}
{% endfor %}
),
named AS (
    SELECT a.submission_id, unnest(a.lines) AS line_id, unnest(a.rows) AS row_no, a.rows, a.column_name, a.value
    FROM alike a
)
SELECT line_id, submission_id, min(column_name) AS column_name, max(value) AS value,
       '第' || array_to_string(list_sort(list_distinct(list_filter(flatten(list(rows)), lambda r: r <> row_no))), '、') || '行' AS expected,
       NULL AS difference
FROM named
GROUP BY line_id, submission_id, row_no
