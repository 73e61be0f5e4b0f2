-- Unified social credit code: 18 characters of 31, the last one by weights 3^(i-1) mod 31 (GB 32100-2015).
{% set alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY' %}
{% for c in form.columns if c.code == 'uscc' %}
{% set right_end %}
substr('{{ alphabet }}', 1 + (31 - CAST(list_sum(list_transform(range(1, 18), lambda i:
    (strpos('{{ alphabet }}', substr(l.{{ c.name }}, i, 1)) - 1)
    * [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][i])) AS BIGINT) % 31) % 31, 1)
{% endset %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name,
       CASE WHEN length(l.{{ c.name }}) <> 18 THEN '应为18位，现为' || length(l.{{ c.name }}) || '位'
            WHEN NOT regexp_matches(l.{{ c.name }}, '^[{{ alphabet }}]+$') THEN '含有代码中不使用的字符'
            ELSE '按前17位计算，末位应为' || {{ right_end }} END AS expected,
       NULL AS difference
FROM {{ lines }} l
WHERE length(l.{{ c.name }}) <> 18
   OR NOT regexp_matches(l.{{ c.name }}, '^[{{ alphabet }}]+$')
   OR {{ right_end }} <> right(l.{{ c.name }}, 1)
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
