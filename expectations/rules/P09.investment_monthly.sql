-- More has arrived than the contract allows.
{% set since = "CASE WHEN l.arrived_since_signing IS NOT NULL THEN l.arrived_since_signing{0} WHEN " ~ missing('arrived_since_signing') ~ " THEN l.arrived_ytd{0} END" %}
SELECT line_id, submission_id, column_name, {{ money('contracted_amount') }} AS expected, arrived - contracted_amount AS difference
FROM (
    SELECT l.line_id, l.submission_id, l.contracted_amount, l.contracted_amount_high,
           CASE WHEN l.arrived_since_signing IS NULL THEN 'arrived_ytd' ELSE 'arrived_since_signing' END AS column_name,
           {{ since | replace('{0}', '') }} AS arrived,
           {{ since | replace('{0}', '_low') }} AS arrived_low
    FROM {{ lines }} l
    WHERE l.contracted_amount > 0
)
WHERE arrived_low > {{ cfg.over_contract }} * contracted_amount_high
