-- The lines of int_budget_known that count.
{{ config(materialized='built_view') }}

select * exclude (is_held) from {{ ref('int_budget_known') }} where not is_held
