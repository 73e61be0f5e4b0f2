select scheme, version, leaf, node from {{ source('standards', 'scheme_ancestor') }}
