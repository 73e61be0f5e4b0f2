select unit.unit, unit.name, unit.kind, unit.reports, nullif(unit.parent, '') as parent
from {{ source('site', 'unit') }} as unit
