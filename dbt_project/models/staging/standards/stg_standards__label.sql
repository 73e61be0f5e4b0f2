select mart, column_name, code, label, label_en, place from {{ source('standards', 'label') }}
