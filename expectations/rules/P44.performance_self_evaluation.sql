-- No budget but a score for spending it, or a total of 0 above parts that are not: one finding a programme.
SELECT line_id, submission_id, column_name, expected, NULL AS difference
FROM (
    SELECT l.line_id, l.submission_id, 'budget_adjusted' AS column_name, 1 AS place,
           '得了 ' || {{ num('l.execution_score') }} || ' 分' AS expected
    FROM {{ lines }} l
    WHERE l.budget_adjusted = 0 AND l.execution_score > 0
{% for total in ['budget_adjusted', 'budget_executed', 'budget_initial'] %}
    UNION ALL
    SELECT l.line_id, l.submission_id, '{{ total }}', {{ loop.index + 1 }}, '分项填有 '
           || {{ money('coalesce(l.' ~ total ~ '_fiscal, 0) + coalesce(l.' ~ total ~ '_other, 0)') }}
    FROM {{ lines }} l
    WHERE l.{{ total }} = 0 AND (l.{{ total }}_fiscal > 0 OR l.{{ total }}_other > 0)
{% endfor %}
)
QUALIFY row_number() OVER (PARTITION BY line_id ORDER BY place) = 1
