-- The year of the document number is not the year of the decision.
SELECT l.line_id, l.submission_id, 'document_no' AS column_name, {{ day('l.decided_date') }} AS expected, NULL AS difference
FROM {{ lines }} l
WHERE {{ year_in('document_no') }} <> year(l.decided_date)
