-- How long every project of both ledgers has stood at its stage, month by month, against the norm of the stage.
with project as (
    {% for form, line in [('key_project_monthly', 'int_key_project_line'), ('investment_monthly', 'int_investment_line')] -%}
    {% if not loop.first %}union all {% endif -%}
    select
        '{{ form }}' as form, unit, period, project_key, project_name, lead_official, stage,
        line_id, submission_id, file, sheet, row_no
    from {{ ref(line) }}
    {% endfor %}
)

select
    project.form,
    project.period,
    project.unit,
    project.project_key,
    project.project_name,
    park.member as park,
    project.lead_official,
    project.stage,
    dwelt.stage_since,
    dwelt.months_at_stage,
    dwelt.is_since_first_report,
    dwelt.norm_months,
    dwelt.months_over,
    project.line_id,
    project.submission_id,
    project.file,
    project.sheet,
    project.row_no
from project
inner join {{ ref('int_stage_dwelt') }} as dwelt on dwelt.line_id = project.line_id
left join {{ ref('int_line_member') }} as park on park.line_id = project.line_id and park.grain = 'park'
