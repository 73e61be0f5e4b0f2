select day, stretch, counted from {{ source('site', 'workday') }}
