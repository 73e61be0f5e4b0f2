-- Started before the approval was given, or while it is still pending; of each matter the latest case counts.
{% for cases in others('project_code', 'matter', 'accepted', 'decided') %}
{% set a = cases.role %}
(WITH latest AS (
    SELECT {{ a.project_code }} AS project_code, {{ a.matter }} AS matter, {{ a.decided }} AS decided FROM {{ history }}.{{ cases.form }}
    WHERE {{ a.matter }} IN {{ listed(cfg.approved_before_start) }} AND {{ a.project_code }} IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY {{ a.project_code }}, {{ a.matter }} ORDER BY period DESC, {{ a.accepted }} DESC, line_id) = 1
)
SELECT DISTINCT ON (l.line_id) l.line_id, l.submission_id, '{{ role.start }}' AS column_name,
       a.matter || coalesce(' ' || {{ day('a.decided') }} || ' 才批复', '还没有批复') AS expected,
       date_diff('day', l.{{ role.start }}, a.decided) || '天' AS difference
FROM {{ lines }} l JOIN latest a ON a.project_code = l.{{ role.project_code }}
WHERE l.{{ role.started }} = '是' AND (l.{{ role.start }} < a.decided OR a.decided IS NULL AND l.{{ role.start }} <= l.period_end)
ORDER BY l.line_id, a.matter)
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
