-- The score that was objected to beside the score as it is now: what was upheld is corrected by rulings, never here.
with compared as (
    select
        objection.*,
        score.version,
        score.node_name,
        cast(round(case when score.is_leaf then score.points else score.score end, 2) as decimal(20, 6)) as score_now
    from {{ ref('stg_standards__objection') }} as objection
    left join {{ ref('fct_score') }} as score
        on
            score.scheme = objection.scheme
            and score.unit = objection.unit
            and score.period = objection.period
            and score.node = objection.node
)

select
    ruling as objection_id,
    scheme,
    version,
    unit,
    period,
    node,
    node_name,
    objection,
    evidence,
    raised_by,
    raised_at,
    case
        when decision is null then 'undecided'
        when decision = 'upheld' and score_now <> shown then 'corrected'
        else decision
    end as state,
    shown as score_shown,
    score_now,
    cast(score_now - shown as decimal(20, 6)) as score_change,
    decided_by,
    why,
    decided_at
from compared
