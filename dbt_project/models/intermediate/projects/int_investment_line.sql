-- The lines of int_investment_known that count.
{{ config(materialized='built_view') }}

select * exclude (is_held) from {{ ref('int_investment_known') }} where not is_held
