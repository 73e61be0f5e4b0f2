-- The lines of int_approval_known that count.
{{ config(materialized='built_view') }}

select * exclude (is_held) from {{ ref('int_approval_known') }} where not is_held
