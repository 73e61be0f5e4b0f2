select line_id, grain, member
from {{ ref('int_line_member') }}
