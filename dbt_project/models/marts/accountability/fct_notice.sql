-- The matters of each period's papers, with all that a paper says of them.
with

-- Who heads the unit, as the covers of what it sent say: the last one known by the end of the period.
head as (
    select unit, period, {{ latest('head', ['received_at', 'submission_id']) }} as head
    from {{ ref('stg_landed__submission') }}
    where head is not null and is_placed and withdrawal is null and not is_misplaced
    group by unit, period
)

select
    proposed.number,
    proposed.period,
    proposed.unit,
    case proposed.grade when 1 then 'green_notice' when 2 then 'yellow_notice' else 'red_notice' end as kind,
    proposed.subject,
    proposed.subject_key,
    proposed.subject_name,
    proposed.rule as ground,
    proposed.figures,
    proposed.since_period,
    proposed.periods_running,
    concat_ws('：', project.bottleneck_type, project.problem_text) as crux,
    (
        select {{ latest('head.head', ['head.period']) }} from head
        where head.unit = proposed.unit and left(head.period, 4) = left(proposed.period, 4) and head.period <= proposed.period
    ) as responsible_person,
    project.lead_official,
    proposed.line_id
from {{ ref('int_notice_proposed') }} as proposed
left join {{ ref('int_key_project_line') }} as project on project.line_id = proposed.line_id
