-- The lines of int_approval_known that count.
{{ config(materialized='built_view') }}

select {{ columns_of(ref('int_approval_known'), 'known', ['is_held']) }}
from {{ ref('int_approval_known') }} as known
where not known.is_held
