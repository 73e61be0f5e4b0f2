-- Last digit of a new-generation project code: ISO 7064 MOD 11,10 over the first 19 digits (standards.md, section 2).
{% for c in form.columns if c.code == 'project_code' %}
SELECT line_id, submission_id, '{{ c.name }}' AS column_name, right_end AS expected, NULL AS difference
FROM (
    SELECT l.line_id, l.submission_id, right(l.{{ c.name }}, 1) AS found,
           CAST((11 - list_reduce(
               list_transform(range(1, 20), lambda i: TRY_CAST(substr(replace(l.{{ c.name }}, '-', ''), i, 1) AS BIGINT)),
               lambda p, d: (CASE WHEN (p + d) % 10 = 0 THEN 10 ELSE (p + d) % 10 END) * 2 % 11,
               CAST(10 AS BIGINT))) % 10 AS VARCHAR) AS right_end
    FROM {{ lines }} l
    WHERE regexp_matches(l.{{ c.name }}, '^\d\d(0[1-9]|1[0-2])-\d{6}-\d\d-\d\d-\d{6}$')
)
WHERE found <> right_end
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
