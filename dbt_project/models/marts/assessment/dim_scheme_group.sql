select scheme, version, unit_group, group_name, kind
from {{ ref('stg_standards__scheme_group') }}
