-- Most figures of a column are some ten thousand times too large or too small: the column, or the sheet, is in another unit.
-- By itself a sheet tells of a column that its whole cannot hold. Compared, it also tells by the figures last believed of the
-- same records, by what a county can be, and of columns that go with one that is wrong.
{% if whole %}
{% set fixed = steady + [whole] %}
{% set typical = cfg.typical_project if role.total is defined else cfg.typical_budget_item %}
{% set smallest = cfg.smallest_project if role.total is defined else 0 %}
{% set alone = here == 'staged' %}
{% macro most(k, n) %}({{ n }} >= 3 AND {{ k }} >= {{ cfg.off_share }} * {{ n }} AND {{ k }} >= 3 OR {{ n }} = 2 AND {{ k }} = 2){% endmacro %}
WITH figure AS (
{% for c in form.columns if c.type == 'amount' and c.home and c.block == 'table' and not c.support and c.role != 'budget_change' %}
    SELECT l.submission_id, l.line_id, l.row_no, json_extract_string(l.cells, '{{ c.name }}') AS cell, {{ loop.index }} AS place,
           '{{ c.name }}' AS name, '{{ c.header }}' AS header, l.{{ c.name }} AS x, l.{{ whole }} AS whole,
{% if alone %}
           false AS compared, false AS larger, false AS smaller, NULL AS ratio
    FROM {{ lines }} l
{% else %}
           p.of_line IS NOT NULL AS compared, coalesce({{ slipped('l.' ~ c.name, 'p.' ~ c.name, cfg.unit_slips if c.name in fixed else cfg.unit_slips[:1]) }}, false) AS larger,
           coalesce({{ slipped('p.' ~ c.name, 'l.' ~ c.name, cfg.unit_slips if c.name in fixed else cfg.unit_slips[:1]) }}, false) AS smaller, l.{{ c.name }} / p.{{ c.name }} AS ratio
    FROM {{ lines }} l LEFT JOIN {{ last_believed('p', c.name, positive=true) }}
{% endif %}
    WHERE l.{{ c.name }} > 0
{{ '    UNION ALL' if not loop.last }}
{% endfor %}
), sized AS (
    SELECT submission_id, place, name, header, count(*) AS n, arg_min(cell, row_no) AS cell, median(x) AS middle,
           count(*) FILTER (x > {{ typical }}) AS big, count(*) FILTER (x < {{ smallest }}) AS small,
           count(*) FILTER (whole > 0) AS held, count(*) FILTER (whole > 0 AND x > {{ cfg.parts_above }} * whole) AS above,
           median(x / whole) FILTER (whole > 0) AS share,
           count(*) FILTER (compared) AS known, count(*) FILTER (larger) AS larger, count(*) FILTER (smaller) AS smaller,
           median(greatest(ratio, 1 / ratio)) FILTER (larger OR smaller) AS ratio
    FROM figure GROUP BY submission_id, place, name, header
), spilled AS (      -- several parts that the whole cannot hold, beside a whole as small as figures in 亿元 are
    SELECT submission_id, bool_or(name = '{{ whole }}' AND middle < {{ cfg.small_whole }} * {{ cfg.smallest_project }})
               AND count(*) FILTER (name <> '{{ whole }}' AND {{ most('above', 'held') }} AND middle <= {{ typical }}) >= 2 AS whole_is_small
    FROM sized GROUP BY submission_id
), told AS (
    SELECT sized.*, whole_is_small,
           CASE WHEN {{ most('larger', 'known') }} THEN 1 WHEN {{ most('smaller', 'known') }} THEN -1
                WHEN known >= 2 AND known - larger - smaller > known / 2 THEN 0
                WHEN name = '{{ whole }}' AND whole_is_small THEN -1
                WHEN name <> '{{ whole }}' AND NOT whole_is_small AND {{ most('above', 'held') }} THEN 1
{% if not alone %}
                WHEN {{ most('big', 'n') }} THEN 1 WHEN {{ most('small', 'n') }} AND name = '{{ whole }}' THEN -1
{% endif %}
           END AS off
    FROM sized JOIN spilled USING (submission_id)
), spread AS (       -- a part goes with its whole where it is still a likely part of it
    SELECT t.*, coalesce(t.off, CASE WHEN w.off = 1 AND t.share >= {{ cfg.least_part }} THEN 1
                                     WHEN w.off = -1 AND NOT t.whole_is_small AND t.share <= {{ cfg.most_part }} THEN -1 END, 0) AS side
    FROM told t LEFT JOIN (SELECT submission_id, off FROM told WHERE name = '{{ whole }}') w ON w.submission_id = t.submission_id
)
SELECT NULL AS line_id, submission_id, arg_min(name, place) AS column_name, arg_min(cell, place) AS cell,
       string_agg(header, '、' ORDER BY place) AS value,
       CASE side WHEN 1 THEN '大了' ELSE '小了' END || '约' || {{ tens('coalesce(median(ratio), 10000)') }} || '倍，像是' ||
           CASE WHEN median(ratio) <= 2000 THEN '填错了单位' WHEN side = 1 THEN '把元当成万元填了' ELSE '把亿元当成万元填了' END AS expected,
       max(n) || '行' AS difference
FROM spread WHERE side <> 0
{% if not alone %}
  AND submission_id NOT IN (SELECT f.submission_id FROM {{ here }}.finding f WHERE f.rule = 'P25C')
{% endif %}
GROUP BY submission_id, side
{% endif %}
