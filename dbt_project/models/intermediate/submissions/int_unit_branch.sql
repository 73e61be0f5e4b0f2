-- Every unit with each branch that it is in: itself and all above it, as far as others lie under them.
select unit.unit, branch.unit as branch
from {{ ref('int_unit_known') }} as unit
inner join {{ ref('int_unit_known') }} as branch on unit.path = branch.path or starts_with(unit.path, branch.path || '/')
where branch.unit in (select parent from {{ ref('int_unit_known') }} where parent is not null)
