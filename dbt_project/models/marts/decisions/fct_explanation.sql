-- What each reason of a unit answers in the versions in force, and whether it still does.
with answered as (
    select
        issue.decision,
        count(*) as issues,
        count(*) filter (where submission.counts and issue.state = 'explained') as holding,
        count(*) filter (where submission.counts and issue.state = 'lapsed') as lapsed,
        count(*) filter (where submission.counts and issue.state = 'open') as noted
    from {{ ref('stg_landed__issue') }} as issue
    left join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = issue.submission_id
    where issue.decision is not null
    group by issue.decision
)

select
    explanation.decision,
    explanation.source,
    explanation.rule,
    explanation.unit,
    explanation.form,
    explanation.period,
    explanation.business_key,
    explanation.column_name,
    explanation.value_explained,
    explanation.explanation,
    explanation.explained_by,
    explanation.explained_at,
    explanation.submission_id as brought_by,
    case
        when answered.holding > 0 then 'holds'
        when answered.lapsed > 0 then 'lapsed'
        when answered.noted > 0 and explanation.review = 'refused' then 'refused'
        when answered.noted > 0 then 'noted'
        else 'idle'
    end as state,
    cast(coalesce(answered.issues, 0) as integer) as issues,
    explanation.review,
    explanation.review_decision,
    explanation.reviewed_by,
    explanation.review_why,
    explanation.reviewed_at
from {{ ref('int_explanation_reviewed') }} as explanation
left join answered on answered.decision = explanation.decision
