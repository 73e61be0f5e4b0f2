select * from {{ source('landed', 'project_problem') }}
