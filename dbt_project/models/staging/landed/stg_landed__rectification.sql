select * from {{ source('landed', 'rectification') }}
