select form, name, name_en, cadence, business_key, part_grain from {{ source('standards', 'form') }}
