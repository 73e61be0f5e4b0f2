-- For whom there is a base to set a figure against: what was reported, of every figure, and what was entered, of that one.
with entered as (
    select form, period, measure as basis, unit from {{ ref('int_base_figure') }} where is_used
    union
    select form, period, measure as basis, '*' as unit from {{ ref('int_base_figure') }} where is_used and counts_at <> 'unit'
)

select form, period, unit, cast(null as varchar) as basis from {{ ref('int_scope_resolved') }}
union all
select entered.form, entered.period, entered.unit, entered.basis
from entered
where
    not exists (
        select 1 from {{ ref('int_scope_resolved') }} as reported
        where reported.form = entered.form and reported.period = entered.period and reported.unit = entered.unit
    )
