select * from {{ source('landed', 'ex_ante_evaluation') }}
