-- Each waiver with its effect: what it lets through tonight.
with waived as (
    select
        issue.decision,
        count(*) as issues,
        count(distinct issue.submission_id) as submissions,
        count(distinct case when line.disposition = 'published' then line.line_id end) as lines_published
    from {{ ref('stg_landed__issue') }} as issue
    left join {{ ref('int_line_with_disposition') }} as line on line.line_id = issue.line_id
    where issue.state = 'waived'
    group by issue.decision
)

select
    waiver.decision,
    waiver.rule,
    nullif(waiver.unit, '') as unit,
    nullif(waiver.form, '') as form,
    waiver.period,
    waiver.business_key,
    waiver.column_name,
    waiver.reason,
    waiver.waived_by,
    waiver.valid_from,
    waiver.valid_until,
    cast(coalesce(waived.issues, 0) as integer) as issues,
    cast(coalesce(waived.submissions, 0) as integer) as submissions,
    cast(coalesce(waived.lines_published, 0) as integer) as lines_published
from {{ ref('stg_site__waiver') }} as waiver
left join waived on waived.decision = waiver.decision
