-- Two projects of one submission with three or more equal figures, not all of them round hundreds.
{% set figures = [role.total, role.get('plan'), role.month, role.year_to_date, role.get('area')] | select | list %}
WITH three AS (
    SELECT line_id, submission_id, row_no, business_key, coalesce({{ role.project_code }}, {{ role.project_name }}) AS project, unnest([
        {% for left_out in figures %}
        {% set kept = figures | reject('equalto', left_out) | list %}
        {'place': {{ loop.index }}, 'first': '{{ kept[0] }}', 'amounts': [{{ kept | join(', ') }}]}{{ ',' if not loop.last }}
        {% endfor %}
    ], recursive := true)
    FROM {{ lines }}
), alike AS (
    SELECT submission_id, place, amounts, min(row_no, 6) AS rows FROM three
    WHERE len(list_filter(amounts, lambda x: x <> 0)) = 3 AND len(list_filter(amounts, lambda x: x % 100 <> 0)) > 0
    GROUP BY submission_id, place, amounts
    HAVING count(DISTINCT project) > 1 AND count(DISTINCT business_key) > 1
)
SELECT t.line_id, t.submission_id, t.first AS column_name,
       array_to_string(list_transform(amounts, lambda x: {{ num('x') }}), '、') AS value,
       '第' || array_to_string(list_filter(a.rows, lambda r: r <> t.row_no), '、') || '行' AS expected, NULL AS difference
FROM three t JOIN alike a USING (submission_id, place, amounts)
QUALIFY row_number() OVER (PARTITION BY t.line_id ORDER BY place DESC, expected) = 1
