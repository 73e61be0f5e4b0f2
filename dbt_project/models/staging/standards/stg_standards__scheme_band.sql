select scheme, version, node, edge, points from {{ source('standards', 'scheme_band') }}
