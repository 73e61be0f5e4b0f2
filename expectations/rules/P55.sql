-- Progress in words that say nothing, and no number.
{% if role.progress is defined %}
{% set x = role.progress %}
SELECT l.line_id, l.submission_id, '{{ x }}' AS column_name, '“完成投资300万元，占年度计划的60%”' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE regexp_matches(l.{{ x }}, {{ any_of(cfg.vague_text) }}) AND NOT regexp_matches(l.{{ x }}, '[0-9０-９]')
{% endif %}
