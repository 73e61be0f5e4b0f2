-- A promise of 0 days is no promise: nobody is late by it, and it is asked about.
SELECT line_id, submission_id, 'promised_days' AS column_name, NULL AS expected, NULL AS difference
FROM {{ lines }} WHERE promised_days = 0
