select scheme, version, node, unit_group from {{ source('standards', 'scheme_node_group') }}
