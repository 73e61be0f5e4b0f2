-- What was entered of an earlier year, and whether growth goes by it: what a unit reported itself is never replaced. Where a
-- figure of the county was entered, those of units are no part of the county's.
select
    base.*,
    reported.form is null as is_used,
    case when base.unit = '*' then 'county' when whole.ruling is not null then 'unit' else 'both' end as counts_at
from {{ ref('stg_standards__base_figure') }} as base
left join {{ ref('int_scope_resolved') }} as reported
    on reported.form = base.form and reported.period = base.period and reported.unit = base.unit
left join {{ ref('stg_standards__base_figure') }} as whole
    on whole.unit = '*' and whole.form = base.form and whole.measure = base.measure and whole.period = base.period
