select * from {{ source('landed', 'project_milestone') }}
