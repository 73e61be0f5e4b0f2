select
    submission_id, previous_id, kind, form, business_key, column_name, line_id, previous_line_id, old_value, new_value
from {{ source('landed', 'change') }}
