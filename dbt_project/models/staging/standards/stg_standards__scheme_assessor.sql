select scheme, version, node, assessor, share_pct, place from {{ source('standards', 'scheme_assessor') }}
