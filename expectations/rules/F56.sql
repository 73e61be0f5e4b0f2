-- Several values in one cell: how many, whether they differ, and whether each is one of the list.
{% for c in form.columns if c.separator is not none %}
SELECT l.line_id, l.submission_id, '{{ c.name }}' AS column_name, w.wrong AS expected
FROM {{ lines }} l, (SELECT {{ each(c, 'l.' ~ c.name) }} AS all_of) v, (SELECT unnest([
{% if c.fewest is not none %}
    CASE WHEN len(v.all_of) < {{ c.fewest }} THEN '至少填{{ c.fewest }}个值' END,
{% endif %}
{% if c.most is not none %}
    CASE WHEN len(v.all_of) > {{ c.most }} THEN '至多填{{ c.most }}个值' END,
{% endif %}
{% if c.distinct %}
    CASE WHEN len(v.all_of) > len(list_distinct(v.all_of)) THEN '有重复的值' END,
{% endif %}
{% if c.values %}
    CASE WHEN len(list_filter(v.all_of, lambda one: one NOT IN {{ listed(c.values) }})) > 0
         THEN '“' || array_to_string(list_filter(v.all_of, lambda one: one NOT IN {{ listed(c.values) }}), '”“') || '”不在可选的值里' END,
{% endif %}
    NULL]) AS wrong) w
WHERE l.{{ c.name }} IS NOT NULL AND w.wrong IS NOT NULL
{{ 'UNION ALL' if not loop.last }}
{% endfor %}
