-- One project claimed by several units; where a form has shares, without them or with shares above the whole.
SELECT line_id, submission_id, '{{ role.project_name }}' AS column_name, string_agg(DISTINCT other, '、' ORDER BY other) AS expected, NULL AS difference
FROM ({{ claimed() }})
GROUP BY line_id, submission_id, share
{% if role.share is defined %}
HAVING share IS NULL OR count(other_share) < count(*) OR share + sum(other_share) > 100
{% endif %}
