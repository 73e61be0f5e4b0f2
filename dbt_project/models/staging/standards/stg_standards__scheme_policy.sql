select scheme, version, node, reason, waits, policy, percent, within, otherwise from {{ source('standards', 'scheme_policy') }}
