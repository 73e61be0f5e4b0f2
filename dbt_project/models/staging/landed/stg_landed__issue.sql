select
    row_number() over (
        order by
            issue.file, issue.submission_id,
            case issue.severity when 'error' then 1 when 'warning' then 2 else 3 end,
            issue.sheet, issue.row_no, issue.cell, issue.rule, issue.line_id, issue.column_name, issue.value,
            issue.expected, issue.difference, issue.sentence
    ) as issue_no,
    issue.finding,
    issue.submission_id,
    issue.line_id,
    issue.rule,
    issue.severity,
    issue.level,
    issue.file,
    issue.sheet,
    issue.row_no,
    issue.cell,
    issue.column_name,
    issue.value as value_sent,
    issue.expected,
    issue.difference,
    concat(issue.sentence, coalesce(issue.likely, '')) as sentence,
    issue.rule_version,
    coalesce(issue.state, 'open') as state,
    issue.decision,
    issue.explanation,
    issue.explained_by,
    issue.explained_at,
    issue.likely_line,
    issue.likely_column,
    issue.likely_value
from {{ source('landed', 'issue') }} as issue
