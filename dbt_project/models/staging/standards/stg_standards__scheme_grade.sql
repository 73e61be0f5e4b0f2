select scheme, version, grade, cut from {{ source('standards', 'scheme_grade') }}
