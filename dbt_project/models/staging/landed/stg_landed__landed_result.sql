select * from {{ source('landed', 'landed_result') }}
