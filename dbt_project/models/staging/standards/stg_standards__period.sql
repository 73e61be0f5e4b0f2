select * from {{ source('standards', 'period') }}
