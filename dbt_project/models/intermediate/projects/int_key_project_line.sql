-- Key-project lines that count, with the project they are about and what the rates of projects ask of them.
with asked as (
    select line_id from {{ ref('stg_landed__issue') }} where rule = 'P15' group by line_id
)

select
    line.*,
    coalesce(identity.same_as, {{ project_key('line.project_code', 'project.norm', 'builder.norm') }}) as project_key,
    -- Part of the project credited to the unit: all of it but where several units report it (indicators.md 26).
    coalesce(claim.share_pct, 100) as share_pct,
    cast(coalesce(claim.claimants, 1) as integer) as claimed_by,
    -- indicators.md 5, cfg.start_base `listed`: this year's list without reserves and what was given up.
    coalesce(line.level, '') <> '储备' and coalesce(line.stage, '') <> '终止' and coalesce(claim.share_pct, 100) > 0 as is_listed,
    {{ is_start_base('line', 'coalesce(claim.share_pct, 100)') }} as is_start_base,
    asked.line_id is null as has_start_evidence,
    {{ within_year('line.actual_start_date') }} as is_started_in_year,
    {{ within_year('line.actual_finish_date') }} as is_finished_in_year,
    coalesce(extract(year from line.planned_finish_date) = extract(year from line.period_end), false) as is_due_to_finish,
    coalesce(line.planned_start_date < line.period_end and coalesce(line.started, '否') <> '是', false) as is_start_overdue,
    coalesce(line.planned_finish_date < line.period_end and line.actual_finish_date is null, false) as is_finish_overdue,
    -- The county takes a project that several units share from one of its lines, whole: the largest of those credited.
    1 = row_number() over (
        partition by
            line.period,
            coalesce(
                claim.claim_key, identity.same_as, {{ project_key('line.project_code', 'project.norm', 'builder.norm') }}
            )
        order by case when claim.share_pct = 0 then 1 else 0 end, line.completed_ytd desc nulls last, line.line_id
    ) as is_first_of_project
from {{ ref('int_key_project_monthly_counted') }} as line
left join {{ ref('stg_landed__name') }} as project on project.text = line.project_name
left join {{ ref('stg_landed__name') }} as builder on builder.text = line.builder_name
left join asked on asked.line_id = line.line_id
left join {{ ref('int_claim_settled') }} as claim on claim.line_id = line.line_id
left join {{ ref('stg_standards__project_identity') }} as identity
    on
        identity.project_key = {{ project_key('line.project_code', 'project.norm', 'builder.norm') }}
        and identity.kind <> 'distinct'
        and line.period >= identity.first_period
cross join {{ ref('stg_site__setting') }} as setting
