select ruling, number, action, due, decided_by, why, decided_at from {{ source('standards', 'answer') }}
