-- A signed project has a contract, and a contract has an amount.
SELECT l.line_id, l.submission_id, 'contracted_amount' AS column_name, '签约以后应大于0' AS expected, NULL AS difference
FROM {{ lines }} l
WHERE l.contracted_amount = 0 AND l.stage IN ('签约', '落地', '开工', '投产')
