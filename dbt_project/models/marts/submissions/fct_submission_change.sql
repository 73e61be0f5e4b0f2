-- What each version changed against the one before it that could be read.
select
    cast(row_number() over (
        order by change.submission_id, change.kind, change.business_key, change.line_id, change.previous_line_id, change.column_name
    ) as integer) as change_no,
    change.submission_id,
    change.previous_id,
    submission.unit,
    nullif(submission.sub_unit, '') as sub_unit,
    submission.form,
    submission.period,
    submission.version,
    submission.file,
    change.kind,
    change.business_key,
    change.column_name,
    change.old_value,
    change.new_value,
    change.line_id,
    change.previous_line_id
from {{ ref('stg_landed__change') }} as change
inner join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = change.submission_id
