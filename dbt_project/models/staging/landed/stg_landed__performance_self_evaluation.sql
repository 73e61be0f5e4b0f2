select * from {{ source('landed', 'performance_self_evaluation') }}
