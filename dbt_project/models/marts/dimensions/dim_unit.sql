select unit, unit_name, kind, reports, parent, level_no, path, is_registered
from {{ ref('int_unit_known') }}
union all
-- The whole county, for figures of all units together; whoever lists units leaves it out (decision 31).
select
    code as unit,
    label as unit_name,
    'whole' as kind,
    false as reports,
    null as parent,
    0 as level_no,
    code as path,
    true as is_registered
from {{ ref('stg_standards__label') }}
where mart = 'dim_unit' and column_name = 'unit'
