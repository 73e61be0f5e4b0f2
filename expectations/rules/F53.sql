-- A name in a row that is no line, under which the unit's last version that counts had a line, and which no line has now.
{% set names = form.columns | selectattr('role', 'in', ['project_name', 'budget_item', 'problem']) | map(attribute='name') | list %}
{% if names %}
WITH before AS (
    SELECT s.submission_id, s.aside, p.submission_id AS earlier, p.period
    FROM {{ submissions }} s
    JOIN {{ versions }}.submission p ON (p.unit, p.form, coalesce(p.sub_unit, '')) = (s.unit, s.form, coalesce(s.sub_unit, ''))
     AND p.period_end < s.period_end AND p.counts
    WHERE s.form = '{{ form.form }}' AND s.aside <> '[]'
    QUALIFY row_number() OVER (PARTITION BY s.submission_id ORDER BY p.period_end DESC, p.submission_id) = 1
), aside AS (
    SELECT submission_id, earlier, period, unnest(CAST(CAST(aside AS JSON) AS STRUCT("row" BIGINT, cell VARCHAR, "text" VARCHAR, "key" VARCHAR)[])) AS one
    FROM before
), known AS (
{% for name in names %}
    SELECT a.*
    FROM aside a
    SEMI JOIN {{ versions }}.{{ form.form }} p ON p.submission_id = a.earlier AND p.{{ name }}_norm = a.one.key
    ANTI JOIN {{ lines }} l ON l.submission_id = a.submission_id AND l.{{ name }}_norm = a.one.key
{{ '    UNION ALL' if not loop.last }}
{% endfor %}
)
SELECT NULL AS line_id, submission_id, NULL AS column_name, one.text AS value, one.cell AS cell, period AS expected, NULL AS difference
FROM known QUALIFY row_number() OVER (PARTITION BY submission_id, one.row ORDER BY one.cell) = 1
{% endif %}
