select
    form, unit, period, business_key, disposition, quality_status, submission_id, line_id, file, sheet, row_no, raw, cells
from {{ ref('int_line_with_disposition') }}
