-- Projects by size: from each cut upwards, and in bands that add up to all (indicators.md 22). A project that several
-- units share is one project of the county.
{% for measure, of, amount in [
    ('projects_size_from', 'cut.size_band', '1'), ('amount_size_from', 'cut.size_band', 'project.amount'),
    ('projects_size_band', 'cut.band_name', '1'), ('amount_size_band', 'cut.band_name', 'project.amount'),
] -%}
{% set outer = loop -%}
{% for at in ['unit', 'county'] -%}
{% if not (outer.first and loop.first) %}union all {% endif -%}
select
    project.form, project.period, project.unit, '{{ at }}' as counts_at, '{{ measure }}' as indicator, {{ of }} as basis,
    'numerator' as role,
    case project.form when 'investment_monthly' then 'contracted_amount' else 'total_investment' end as columns,
    cast({{ amount }} as decimal(20, 6)) as contribution, project.line_id, project.submission_id
from {{ ref('int_sized_project') }} as project
inner join {{ ref('int_size_cut') }} as cut
    on
        project.amount >= cut.cut_from
        {{ 'and cut.cut_from > 0' if measure.endswith('_from') else 'and (cut.cut_below is null or project.amount < cut.cut_below)' }}
{{ 'where project.is_first_of_project' if at == 'county' }}
{% endfor -%}
{% endfor %}
