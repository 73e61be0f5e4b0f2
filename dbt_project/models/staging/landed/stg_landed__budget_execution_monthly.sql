select * from {{ source('landed', 'budget_execution_monthly') }}
