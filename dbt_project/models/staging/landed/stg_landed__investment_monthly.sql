select * from {{ source('landed', 'investment_monthly') }}
