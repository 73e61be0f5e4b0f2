select ruling, number, action, due, evidence, decided_by, why, decided_at from {{ source('standards', 'answer') }}
