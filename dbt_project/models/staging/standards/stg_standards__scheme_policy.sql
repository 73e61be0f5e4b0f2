select scheme, version, reason, policy from {{ source('standards', 'scheme_policy') }}
