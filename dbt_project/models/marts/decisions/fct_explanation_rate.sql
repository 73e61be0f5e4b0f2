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
    cast(count(*) filter (where review is null and holding = 1) as integer) as waiting,
    cast(count(*) filter (where review = 'accepted') as integer) as accepted,
    cast(count(*) filter (where review = 'asked_again') as integer) as asked_again,
    cast(count(*) filter (where review = 'refused') as integer) as refused,
    {{ percent("count(*) filter (where review = 'refused')", "count(*) filter (where review in ('accepted', 'refused'))") }}
        as refused_pct
from said
group by unit, rule
