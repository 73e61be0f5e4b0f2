select line_id, grain, member, counts_at
from {{ ref('int_line_member') }}
