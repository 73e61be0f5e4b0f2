-- Every issue that a rule found in what was sent, with its line and the unit, form and period that it is about.
select
    cast(issue.issue_no as integer) as issue_no,
    issue.finding,
    issue.rule,
    issue.severity,
    issue.level,
    -- A form that never came has no submission; its issue names the slot instead.
    case when issue.submission_id like 'missing:%' then {{ dbt.split_part('issue.submission_id', "':'", 2) }}
        else submission.unit end as unit,
    case when issue.submission_id like 'missing:%' then {{ dbt.split_part('issue.submission_id', "':'", 3) }}
        else submission.form end as form,
    case when issue.submission_id like 'missing:%' then {{ dbt.split_part('issue.submission_id', "':'", 4) }}
        else submission.period end as period,
    coalesce(submission.counts, false) as counts,
    issue.submission_id,
    issue.line_id,
    line.business_key,
    issue.file,
    issue.sheet,
    issue.row_no,
    issue.cell,
    issue.column_name,
    issue.value_sent,
    issue.expected,
    issue.difference,
    issue.sentence,
    issue.rule_version,
    case when submission.withdrawal is not null then 'withdrawn' else issue.state end as state,
    issue.explanation,
    issue.explained_by,
    issue.explained_at,
    issue.decision
from {{ ref('stg_landed__issue') }} as issue
left join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = issue.submission_id
left join {{ ref('int_line_with_disposition') }} as line on line.line_id = issue.line_id
