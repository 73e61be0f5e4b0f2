-- A programme evaluated in part: necessity, economy, target, feasibility and funding are all asked for.
WITH asked AS (
    {% for aspect in cfg.aspects -%}
    SELECT {{ loop.index }} AS place, {{ quoted(aspect) }} AS aspect{{ ' UNION ALL ' if not loop.last }}
    {%- endfor %}
),
programme AS (
    SELECT l.submission_id, l.programme_name, l.implementing_unit, min_by(l.line_id, l.row_no) AS line_id, list(l.aspect) AS found
    FROM {{ lines }} l
    GROUP BY l.submission_id, l.programme_name, l.implementing_unit
)
SELECT p.line_id, p.submission_id, 'aspect' AS column_name, string_agg(a.aspect, '、' ORDER BY a.place) AS expected, count(*) AS difference
FROM programme p JOIN asked a ON NOT list_contains(p.found, a.aspect)
GROUP BY p.line_id, p.submission_id
