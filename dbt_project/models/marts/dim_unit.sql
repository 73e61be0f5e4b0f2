select unit, unit_name, kind, reports, is_registered
from {{ ref('int_unit') }}
