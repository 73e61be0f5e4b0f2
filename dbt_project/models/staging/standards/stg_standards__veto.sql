select ruling, scheme, unit, period, node, decided_by, why, decided_at from {{ source('standards', 'veto') }}
