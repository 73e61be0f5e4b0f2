-- Lines received, quarantined and counted in the submissions that count, for every form alike.
{% for measure, those in {
    'rows_received': 'true', 'rows_quarantined': "disposition = 'quarantined'", 'rows_counted': "disposition = 'published'"
}.items() -%}
{% if not loop.first %}union all {% endif -%}
select
    form, period, unit, 'both' as counts_at, '{{ measure }}' as indicator, '' as basis, 'numerator' as role, '' as columns,
    cast(1 as decimal(20, 6)) as contribution, line_id, submission_id
from {{ ref('int_line_with_disposition') }}
where counts and {{ those }}
{% endfor %}
