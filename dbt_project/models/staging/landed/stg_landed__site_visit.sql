select * from {{ source('landed', 'site_visit') }}
