-- Each withdrawal with what it took back.
select
    withdrawal.decision,
    withdrawal.file,
    nullif(withdrawal.unit, '') as unit,
    nullif(withdrawal.form, '') as form,
    withdrawal.period,
    withdrawal.version,
    withdrawal.reason,
    withdrawal.withdrawn_by,
    withdrawal.withdrawn_at,
    cast(count(submission.submission_id) as integer) as submissions
from {{ ref('stg_site__withdrawal') }} as withdrawal
left join {{ ref('stg_landed__submission') }} as submission on submission.withdrawal = withdrawal.decision
group by
    withdrawal.decision, withdrawal.file, withdrawal.unit, withdrawal.form, withdrawal.period, withdrawal.version,
    withdrawal.reason, withdrawal.withdrawn_by, withdrawal.withdrawn_at
