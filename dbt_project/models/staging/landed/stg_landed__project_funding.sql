select * from {{ source('landed', 'project_funding') }}
