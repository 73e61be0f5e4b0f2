-- The year of the document number is not the year of issue, or the target was issued after its own year.
SELECT l.line_id, l.submission_id, 'document_no' AS column_name, {{ day('l.issued_date') }} AS expected, NULL AS difference
FROM {{ lines }} l
WHERE {{ year_in('document_no') }} <> year(l.issued_date) OR year(l.issued_date) > l.year
