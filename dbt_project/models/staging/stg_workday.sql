select day, stretch, counted from {{ source('landed', 'workday') }}
