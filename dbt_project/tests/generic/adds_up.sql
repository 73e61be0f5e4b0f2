{#- The figures of an indicator, over all that it is about, make the whole: a funnel has every project at one stage. -#}
{% test adds_up(model, parts, whole, only='true') %}
select form, period, grain, member, parts, whole
from (
    select
        form, period, grain, member,
        coalesce(sum(case when indicator = '{{ parts }}' then value end), 0) as parts,
        coalesce(sum(case when indicator in ('{{ whole | join("', '") }}') then value end), 0) as whole
    from {{ model }}
    where form in ('investment_monthly', 'key_project_monthly') and {{ only }}
    group by form, period, grain, member
) as added
where parts <> whole
{% endtest %}
