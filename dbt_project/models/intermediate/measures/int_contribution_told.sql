-- What every line and slot adds to every figure, in one shape, and what a line that is held back would add if it counted.
{{ config(materialized='built_view') }}
{{ union_by_name([
    ref('int_contribution_measured'), ref('int_contribution_reached'), ref('int_contribution_growth'),
    ref('int_contribution_restated'), ref('int_contribution_entered'),
]) }}
