-- What every line and slot adds to every figure, in one shape; figures are sums of these rows and nothing else. A row is
-- estimated where one of the cells it is read from holds a number in vague words (F04; indicators.md section 0 rule 8).
{{ config(materialized='built_view') }}
with

part as (
    select {{ columns_of(ref('int_contribution_told'), 'told', ['is_held', 'is_told', 'is_by_share', 'measured']) }}
    from {{ ref('int_contribution_told') }} as told
    where told.is_held is not true
),

-- As many rows as lines, each with the columns in which words were vague.
vague as (
    select line_id, array_agg(column_name) as columns from {{ ref('stg_landed__issue') }}
    where rule = 'F04' and line_id is not null and column_name is not null
    group by line_id
)

select
    part.*,
    coalesce({{ have_any('vague.columns', listed('part.columns')) }}, false) as is_estimated
from part
left join vague on vague.line_id = part.line_id
