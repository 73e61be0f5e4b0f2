select * from {{ source('standards', 'base_figure') }}
