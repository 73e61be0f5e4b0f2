select unit, unit_name, kind, reports, parent, level_no, path, is_registered
from {{ ref('int_unit_known') }}
