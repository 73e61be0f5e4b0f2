-- What every line and slot adds to every figure, in one shape, and what a line that is held back would add if it counted.
{{ config(materialized='built_view') }}
select * from {{ ref('int_contribution_measured') }}
union all by name
select * from {{ ref('int_contribution_reached') }}
union all by name
select * from {{ ref('int_contribution_growth') }}
union all by name
select * from {{ ref('int_contribution_restated') }}
union all by name
select * from {{ ref('int_contribution_entered') }}
