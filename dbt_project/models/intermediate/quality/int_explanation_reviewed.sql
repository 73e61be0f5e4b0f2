-- The latest review of what each explanation says; the same words given again at the same place are reviewed with it.
with known as (
    select review.*
    from {{ ref('stg_site__explanation_review') }} as review
    cross join {{ ref('stg_site__setting') }} as setting
    where cast(review.reviewed_at as date) <= setting.as_of
),

placed as (
    select
        explanation.*,
        dense_rank() over (
            order by
                explanation.rule, explanation.unit, explanation.form, explanation.period, explanation.business_key,
                explanation.column_name, explanation.value_explained, explanation.explanation
        ) as words_no
    from {{ ref('stg_site__explanation') }} as explanation
),

latest as (
    select
        placed.words_no, known.review_decision, known.review, known.reviewed_by, known.review_why, known.reviewed_at,
        row_number() over (
            partition by placed.words_no order by known.reviewed_at desc nulls last, known.review_decision desc nulls last
        ) as place
    from known
    inner join placed on placed.decision = known.decision and placed.rule = known.rule and placed.unit = known.unit
)

select placed.*, latest.review_decision, latest.review, latest.reviewed_by, latest.review_why, latest.reviewed_at
from placed
left join latest on latest.words_no = placed.words_no and latest.place = 1
