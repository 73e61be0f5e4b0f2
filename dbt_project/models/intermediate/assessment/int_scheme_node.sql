-- Every indicator of every scheme, with the groups of units that it is for.
select
    node.*,
    groups.unit_groups
from {{ ref('stg_standards__scheme_node') }} as node
inner join (
    select scheme, version, node, {{ dbt.listagg('unit_group', "' '", 'order by unit_group') }} as unit_groups
    from {{ ref('stg_standards__scheme_node_group') }}
    group by scheme, version, node
) as groups on groups.scheme = node.scheme and groups.version = node.version and groups.node = node.node
