-- The lines of int_rectification_known that count.
{{ config(materialized='built_view') }}

select * exclude (is_held) from {{ ref('int_rectification_known') }} where not is_held
