select form, column_name, block from {{ source('standards', 'required_column') }}
