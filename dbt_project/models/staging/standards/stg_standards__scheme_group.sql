select scheme, version, unit_group, group_name, kind from {{ source('standards', 'scheme_group') }}
