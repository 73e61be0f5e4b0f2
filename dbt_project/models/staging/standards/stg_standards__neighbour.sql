select * from {{ source('standards', 'neighbour') }}
