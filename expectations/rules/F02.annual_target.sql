-- A target that replaces an earlier one of the same unit, indicator and year names the document it replaces.
SELECT l.line_id, l.submission_id, 'supersedes' AS column_name,
       '第' || min(e.row_no) || '行已有' || min({{ day('e.issued_date') }}) || '下达的同一目标，应写明替代文号' AS expected,
       NULL AS difference
FROM {{ lines }} l JOIN {{ lines }} e
  ON e.submission_id = l.submission_id AND e.department = l.department AND e.indicator = l.indicator
 AND e.year = l.year AND e.issued_date < {{ first_day('issued_date') }}
WHERE {{ missing('supersedes') }}
GROUP BY l.line_id, l.submission_id
