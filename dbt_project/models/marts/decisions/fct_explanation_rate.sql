-- How far units' explanations convince, by unit and rule; the same words at the same place are one.
with said as (
    select
        unit, rule, form, period, business_key, column_name, value_explained, explanation, review,
        max(case when state = 'holds' then 1 else 0 end) as holding
    from {{ ref('fct_explanation') }}
    group by unit, rule, form, period, business_key, column_name, value_explained, explanation, review
)

select
    unit,
    rule,
    cast(count(*) as integer) as explanations,
    cast(count(case when review is null and holding = 1 then 1 end) as integer) as waiting,
    cast(count(case when review = 'accepted' then 1 end) as integer) as accepted,
    cast(count(case when review = 'asked_again' then 1 end) as integer) as asked_again,
    cast(count(case when review = 'refused' then 1 end) as integer) as refused,
    {{ percent("count(case when review = 'refused' then 1 end)", "count(case when review in ('accepted', 'refused') then 1 end)") }}
        as refused_pct
from said
group by unit, rule
