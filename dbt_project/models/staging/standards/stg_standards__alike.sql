select kind, one, other, similarity_pct from {{ source('standards', 'alike') }}
