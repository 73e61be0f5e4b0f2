-- The lines of int_rectification_known that count.
{{ config(materialized='built_view') }}

select {{ columns_of(ref('int_rectification_known'), 'known', ['is_held']) }}
from {{ ref('int_rectification_known') }} as known
where not known.is_held
