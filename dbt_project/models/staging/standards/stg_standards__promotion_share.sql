select * from {{ source('standards', 'promotion_share') }}
