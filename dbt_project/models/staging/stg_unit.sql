select unit.unit, unit.name, unit.kind, unit.reports
from {{ source('landed', 'unit') }} as unit
