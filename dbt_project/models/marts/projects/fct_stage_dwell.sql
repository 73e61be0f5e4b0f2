-- How long every project of both ledgers has stood at its stage, month by month, against the norm of the stage.
select
    dwelt.form,
    dwelt.period,
    dwelt.unit,
    dwelt.project_key,
    dwelt.project_name,
    park.member as park,
    dwelt.lead_official,
    dwelt.stage,
    dwelt.stage_since,
    dwelt.months_at_stage,
    dwelt.is_since_first_report,
    dwelt.norm_months,
    dwelt.months_over,
    dwelt.line_id,
    dwelt.submission_id,
    dwelt.file,
    dwelt.sheet,
    dwelt.row_no
from {{ ref('int_stage_dwelt') }} as dwelt
left join {{ ref('int_line_member') }} as park on park.line_id = dwelt.line_id and park.grain = 'park'
