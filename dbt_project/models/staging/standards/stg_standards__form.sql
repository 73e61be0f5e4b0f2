select form, name, name_en, cadence, business_key from {{ source('standards', 'form') }}
