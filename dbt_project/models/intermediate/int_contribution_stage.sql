-- Projects by stage, and what has become of those of one year (indicators.md 13).
select
    'investment_monthly' as form, line.period, line.unit, 'both' as counts_at, 'projects' as indicator, line.stage as basis,
    'numerator' as role, 'stage' as columns, cast(1 as decimal(20, 6)) as contribution, line.line_id, line.submission_id
from {{ ref('int_investment_line') }} as line
inner join {{ ref('investment_stage') }} as stage on stage.stage = line.stage

{% for role, amount in {
    'numerator': one_if('project.success_period <= scope.period'), 'denominator': '1'
}.items() %}
union all

-- A project is of the year in which it first appeared; one that came later than its talks enters both counts.
select
    'investment_monthly' as form, scope.period, scope.unit, 'both' as counts_at, 'success_rate' as indicator, '' as basis,
    '{{ role }}' as role, 'stage' as columns, cast({{ amount }} as decimal(20, 6)) as contribution, line.line_id,
    line.submission_id
from {{ ref('int_scope') }} as scope
inner join {{ ref('int_pipeline') }} as project
    on
        project.unit = scope.unit
        and project.negotiated_period <= scope.period
        and substring(project.first_period, 1, 4) = substring(scope.period, 1, 4)
inner join {{ ref('int_investment_project') }} as line
    on line.line_id = {{ dbt.split_part(
        "case when project.success_period <= scope.period then project.success_line else project.negotiated_line end", "'|'", 2
    ) }}
where scope.form = 'investment_monthly'
{% endfor %}
