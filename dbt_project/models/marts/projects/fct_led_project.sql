-- The key projects of each lead official, month by month: money against plan, stage, colour and what is open.
with open_findings as (
    select line_id, count(*) as findings, max(expected_effect) as expected_effect
    from {{ ref('fct_issue_effect') }}
    where line_id is not null
    group by line_id
)

select
    project.lead_official,
    project.period,
    project.unit,
    project.project_name,
    project.township,
    project.total_investment,
    project.annual_plan,
    project.completed_ytd,
    project.completion_rate,
    project.schedule_gap_pp,
    project.stage,
    dwelt.stage_since,
    dwelt.months_at_stage,
    dwelt.is_since_first_report,
    light.colour,
    project.bottleneck_type,
    project.problem_text,
    cast(coalesce(open_findings.findings, 0) as integer) as findings,
    open_findings.expected_effect,
    project.line_id,
    project.submission_id,
    project.file,
    project.sheet,
    project.row_no
from {{ ref('fct_project_progress') }} as project
inner join {{ ref('int_stage_dwelt') }} as dwelt on dwelt.line_id = project.line_id
left join {{ ref('fct_light') }} as light on light.line_id = project.line_id
left join open_findings on open_findings.line_id = project.line_id
where project.lead_official is not null
