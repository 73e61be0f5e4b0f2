select key, value from {{ source('standards', 'list_condition') }}
