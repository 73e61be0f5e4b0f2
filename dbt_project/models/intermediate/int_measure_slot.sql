-- Reporting discipline of the county by form and period (indicators.md 33); what is not yet due is not yet owed.
with wide as (
    select
        form,
        period,
        '*' as unit,
        count(*) as slots_expected,
        count(case when is_received then 1 end) as slots_received,
        count(case when status = 'on_time' then 1 end) as slots_on_time,
        {{ percent("count(case when status = 'on_time' then 1 end)", 'count(*)') }} as timeliness_rate
    from {{ ref('int_slot') }}
    where is_owed and status <> 'not_due'
    group by form, period
)

{% for measure, uom in {
    'slots_expected': '份', 'slots_received': '份', 'slots_on_time': '份', 'timeliness_rate': '%'
}.items() -%}
{% if not loop.first %}union all {% endif -%}
select
    form, period, unit, '{{ measure }}' as measure, cast({{ measure }} as decimal(20, 6)) as value, '{{ uom }}' as uom
from wide
{% endfor %}
