-- How often a rule was broken in the version in force, by unit, form and period; of a longer period, in all its parts. Several
-- cells of one record are one cause, and so is a record pasted twice.
with once as (
    select unit, form, period, rule, count(distinct submission_id || '|' || coalesce(business_key, line_id, cell, column_name, '')) as times
    from {{ ref('int_issue_located') }}
    where counts
    group by unit, form, period, rule
)

select unit, form, period, rule, times from once
union all
select once.unit, once.form, part.period, once.rule, sum(once.times) as times
from once
inner join {{ ref('stg_standards__form') }} as form on form.form = once.form
inner join {{ ref('int_period_part') }} as part on part.part = once.period and part.part_grain = form.part_grain and part.is_over
group by once.unit, once.form, part.period, once.rule
