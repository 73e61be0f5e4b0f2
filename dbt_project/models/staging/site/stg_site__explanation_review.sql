select
    decision as review_decision, explanation as decision, rule, unit, verdict as review, decided_by as reviewed_by,
    reason as review_why, decided_at as reviewed_at
from {{ source('site', 'explanation_review') }}
