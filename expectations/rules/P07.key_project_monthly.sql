-- Completed since start exceeds the planned total.
SELECT l.line_id, l.submission_id, 'completed_since_start' AS column_name,
       {{ money('l.total_investment') }}
       || CASE WHEN {{ lo('completed_since_start') }} > {{ cfg.over_estimate }} * {{ hi('total_investment') }} THEN '，超概算' ELSE '' END AS expected,
       l.completed_since_start - l.total_investment AS difference
FROM {{ lines }} l
WHERE {{ lo('completed_since_start') }} > {{ hi('total_investment') }}
