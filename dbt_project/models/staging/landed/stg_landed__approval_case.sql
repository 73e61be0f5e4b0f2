select * from {{ source('landed', 'approval_case') }}
