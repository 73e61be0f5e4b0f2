-- Each approved correction with the findings that it answers.
with corrected as (
    select decision, count(*) as issues
    from {{ ref('stg_landed__issue') }}
    where state = 'corrected'
    group by decision
)

select
    correction.decision,
    correction.unit,
    correction.form,
    correction.period,
    correction.business_key,
    correction.column_name,
    correction.reason,
    correction.approved_by,
    correction.approved_at,
    cast(coalesce(corrected.issues, 0) as integer) as issues
from {{ ref('stg_site__correction') }} as correction
left join corrected on corrected.decision = correction.decision
