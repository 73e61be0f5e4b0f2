-- The lines of int_key_project_known that count.
{{ config(materialized='built_view') }}

select {{ columns_of(ref('int_key_project_known'), 'known', ['is_held']) }}
from {{ ref('int_key_project_known') }} as known
where not known.is_held
