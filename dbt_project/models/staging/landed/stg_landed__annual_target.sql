select * from {{ source('landed', 'annual_target') }}
