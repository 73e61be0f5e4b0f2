select form, measure, name, polarity from {{ source('standards', 'light_indicator') }}
