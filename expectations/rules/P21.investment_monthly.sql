-- A contract far above its fixed assets, or far above what was first reported once signed.
WITH first AS (
    SELECT unit, business_key, arg_min(contracted_amount, period_end) AS contracted_amount, min(period_end) AS period_end
    FROM {{ believed }}.{{ form.form }}
    WHERE {{ place('stage') }} >= {{ place("'签约'") }} AND contracted_amount > 0
    GROUP BY unit, business_key
)
SELECT l.line_id, l.submission_id, 'contracted_amount' AS column_name,
       '固定资产投资 ' || {{ money('l.fixed_asset_amount') }} AS expected, l.contracted_amount - l.fixed_asset_amount AS difference
FROM {{ lines }} l
WHERE l.fixed_asset_amount > 0 AND l.contracted_amount > {{ cfg.dress_up }} * l.fixed_asset_amount
UNION ALL
SELECT l.line_id, l.submission_id, 'contracted_amount', '最初签约 ' || {{ money('first.contracted_amount') }},
       l.contracted_amount - first.contracted_amount
FROM {{ lines }} l
JOIN first ON first.unit = l.unit AND first.business_key = l.business_key AND first.period_end < l.period_end
WHERE l.contracted_amount > {{ cfg.raise }} * first.contracted_amount
