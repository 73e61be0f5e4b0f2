select * from {{ source('landed', 'key_project_monthly') }}
