-- A text shorter or longer than its column allows; of several values in a cell each counts.
{% for c in form.columns if c.shortest is not none or c.longest is not none %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name,
{% if c.longest is none %}
       '应为{{ c.shortest }}个字以上，现有' || length(v.one) || '个字' AS expected
{% elif c.shortest is none %}
       '应为{{ c.longest }}个字以内，现有' || length(v.one) || '个字' AS expected
{% else %}
       '应为{{ c.shortest }}个字以上、{{ c.longest }}个字以内，现有' || length(v.one) || '个字' AS expected
{% endif %}
FROM {{ lines }} l, (SELECT unnest({{ each(c, 'l.' ~ c.name) }}) AS one) v
WHERE {{ 'length(v.one) < ' ~ c.shortest if c.shortest is not none else 'false' }}{{ ' OR length(v.one) > ' ~ c.longest if c.longest is not none }}
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
