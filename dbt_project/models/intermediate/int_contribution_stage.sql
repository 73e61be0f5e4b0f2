-- The funnel: projects and their amounts by stage, with the rest of which no stage is known, so that stages add up to all
-- (indicators.md 42); and what has become of the projects of one year (13).
{% for form, line, column, amount in [
    ('investment_monthly', ref('int_investment_line'), 'contracted_amount', 'line.contracted_amount_credited'),
    ('key_project_monthly', ref('int_key_project_line'), 'total_investment', credited('line.total_investment')),
] -%}
{% for measure, columns, added in [('projects', 'stage', 'cast(1 as decimal(20, 6))'), ('stage_amount', 'stage,' ~ column, amount)] -%}
select
    '{{ form }}' as form, line.period, line.unit, 'both' as counts_at, '{{ measure }}' as indicator,
    coalesce(line.stage, '未注明') as basis, 'numerator' as role, '{{ columns }}' as columns, {{ added }} as contribution,
    line.line_id, line.submission_id
from {{ line }} as line
where {{ added }} is not null
union all
{% endfor -%}
{% endfor %}
{% set success = 'coalesce(project.success_period <= scope.period, false)' -%}
{% for role, amount in {'numerator': one_if(success), 'denominator': '1'}.items() %}
{% for at in ['unit', 'county'] %}
{% if not (loop.first and role == 'numerator') %}union all {% endif %}
-- A project is of the year in which it first appeared; one that came later than its talks enters both counts.
select
    'investment_monthly' as form, period, unit, '{{ at }}' as counts_at, 'success_rate' as indicator, '' as basis,
    '{{ role }}' as role, 'stage' as columns, contribution, line_id, submission_id
from (
    select
        scope.period, scope.unit, cast({{ amount }} as decimal(20, 6)) as contribution, line.line_id, line.submission_id,
        row_number() over (
            partition by scope.period, project.project_key
            order by case when {{ success }} then 0 else 1 end, project.negotiated_period, scope.unit
        ) as place
    from {{ ref('int_scope_resolved') }} as scope
    inner join {{ ref('int_pipeline_dated') }} as project
        on
            project.unit = scope.unit
            and project.negotiated_period <= scope.period
            and substring(project.first_period, 1, 4) = substring(scope.period, 1, 4)
    inner join {{ ref('int_investment_project') }} as line
        on line.line_id = {{ dbt.split_part(
            "case when project.success_period <= scope.period then project.success_line else project.negotiated_line end", "'|'", 2
        ) }}
    where scope.form = 'investment_monthly'
) as project
{{ 'where place = 1' if at == 'county' }}
{% endfor %}
{% endfor %}
