-- The sources of a project against its total where it is a key project of the same month. Told once a project.
{% for other in others('project_name', 'owner_name', 'total', 'plan') %}
{% set code, name, owner, total = other.role.project_code, other.role.project_name, other.role.owner_name, other.role.total %}
SELECT p.line_id, p.submission_id, 'planned_total' AS column_name, {{ money('p.planned') }} AS value,
       '{{ other.name }}的{{ other.by_name[total].header }}是 ' || {{ money('k.total') }} AS expected, p.planned - k.total AS difference
FROM (
    SELECT submission_id, period, project_code, project_name_norm, builder_name_norm, min_by(line_id, row_no) AS line_id,
           sum(planned_total) AS planned, sum(planned_total_low) AS low, sum(planned_total_high) AS high
    FROM {{ lines }}
    GROUP BY ALL
    HAVING count(*) = count(planned_total)
) p
JOIN (
    SELECT period, {{ code }} AS code, {{ name }}_norm AS name, {{ owner }}_norm AS owner, min({{ total }}) AS total,
           min({{ total }}_low) AS low, max({{ total }}_high) AS high
    FROM {{ history }}.{{ other.form }}
    GROUP BY ALL
) k ON k.period = p.period
    AND (k.code = p.project_code OR (k.code IS NULL OR p.project_code IS NULL) AND k.name = p.project_name_norm AND k.owner = p.builder_name_norm)
WHERE {{ apart('p.low', 'p.high', 'k.low', 'k.high') }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
