-- The lines of int_key_project_known that count.
{{ config(materialized='built_view') }}

select * exclude (is_held) from {{ ref('int_key_project_known') }} where not is_held
