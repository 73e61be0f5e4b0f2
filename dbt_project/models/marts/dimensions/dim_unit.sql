select unit, unit_name, kind, reports, parent, is_registered
from {{ ref('int_unit_known') }}
