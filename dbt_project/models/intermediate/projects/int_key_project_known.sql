-- Key-project lines in force, with the project they are about and what the rates of projects ask of them; a line that is held
-- back with the part it would have.
with asked as (
    select line_id from {{ ref('stg_landed__issue') }} where rule = 'P15' group by line_id
),

shared as (
    select
        line.*,
        coalesce(identity.same_as, {{ project_key('line.project_code', 'project.norm', 'builder.norm') }}) as project_key,
        -- Part of the project credited to the unit: all of it but where several units report it (indicators.md 26).
        coalesce(case when not line.is_held or claim.state <> 'unsettled' then claim.share_pct end, 100) as share_pct,
        claim.claimants,
        claim.claim_key,
        coalesce(claim.share_pct = 0, false) as has_no_share
    from ({{ lines_in_force('key_project_monthly', without=['raw']) }}) as line
    left join {{ ref('stg_landed__name') }} as project on project.text = line.project_name
    left join {{ ref('stg_landed__name') }} as builder on builder.text = line.builder_name
    left join {{ ref('int_claim_settled') }} as claim on claim.line_id = line.line_id
    left join {{ ref('stg_standards__project_identity') }} as identity
        on
            identity.project_key = {{ project_key('line.project_code', 'project.norm', 'builder.norm') }}
            and identity.kind <> 'distinct'
            and line.period >= identity.first_period
)

select
    line.*,
    cast(coalesce(line.claimants, 1) as integer) as claimed_by,
    -- indicators.md 5, cfg.start_base `listed`: this year's list without reserves and what was given up.
    coalesce(line.level, '') <> '储备' and coalesce(line.stage, '') <> '终止' and line.share_pct > 0 as is_listed,
    {{ is_start_base('line', 'line.share_pct') }} as is_start_base,
    asked.line_id is null as has_start_evidence,
    {{ within_year('line.actual_start_date') }} as is_started_in_year,
    {{ within_year('line.actual_finish_date') }} as is_finished_in_year,
    coalesce(extract(year from line.planned_finish_date) = extract(year from line.period_end), false) as is_due_to_finish,
    coalesce(line.planned_start_date < line.period_end and coalesce(line.started, '否') <> '是', false) as is_start_overdue,
    coalesce(line.planned_finish_date < line.period_end and line.actual_finish_date is null, false) as is_finish_overdue,
    -- The county takes a project that several units share from one of its lines, whole: the largest of those credited.
    1 = row_number() over (
        partition by line.is_held, line.period, coalesce(line.claim_key, line.project_key)
        order by line.has_no_share, line.completed_ytd desc nulls last, line.line_id
    ) as is_first_of_project
from shared as line
left join asked on asked.line_id = line.line_id
cross join {{ ref('stg_site__setting') }} as setting
