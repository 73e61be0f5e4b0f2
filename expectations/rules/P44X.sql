-- Spent more than the budget, without a note.
{% if role.budget is defined and role.year_to_date is defined and role.note is defined %}
{% set budget, spent = role.budget, role.year_to_date %}
SELECT l.line_id, l.submission_id, '{{ spent }}' AS column_name,
       {{ money('l.' ~ budget) }} AS expected, l.{{ spent }} - l.{{ budget }} AS difference
FROM {{ lines }} l
WHERE l.{{ budget }} > 0 AND {{ lo(spent) }} > {{ hi(budget) }} AND {{ missing(role.note) }}
{% endif %}
