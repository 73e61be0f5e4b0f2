-- From 签约 on, a project has the day on which it was signed.
{% if role.signed is defined and role.stage is defined %}
SELECT l.line_id, l.submission_id, '{{ role.signed }}' AS column_name,
       '{{ form.by_name[role.stage].header }}为“' || l.{{ role.stage }} || '”，应有{{ form.by_name[role.signed].header }}' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE l.{{ role.stage }} IN {{ listed(stages.signed) }} AND {{ missing(role.signed) }}
{% endif %}
