-- The lines that an error about a whole column holds back: formulas without a result (F20) those without a value there,
-- a wrong unit (P25C) those with one.
select
    issue.submission_id,
    line.line_id,
    issue.rule,
    issue.severity,
    issue.state
from {{ ref('stg_landed__issue') }} as issue
inner join {{ ref('int_line_with_disposition') }} as line on line.submission_id = issue.submission_id
where issue.rule in ('F20', 'P25C') and issue.line_id is null and issue.row_no is null
    and line.quality_status = 'quarantined'
    and (issue.rule = 'F20') <> ({{ how_many(in_common(keys_of('line.raw'), listed('issue.column_name'))) }} > 0)
