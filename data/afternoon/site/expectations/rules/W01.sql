-- A well that costs more a metre than wells do.
SELECT l.line_id, l.submission_id, 'cost' AS column_name, round(l.cost / l.depth, 2) AS expected, l.cost - {{ cfg.metre_cost }} * l.depth AS difference
FROM {{ lines }} l
WHERE l.depth > 0 AND {{ lo('cost') }} > {{ cfg.metre_cost }} * {{ hi('depth') }}
