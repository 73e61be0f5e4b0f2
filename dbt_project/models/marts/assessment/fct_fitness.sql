select
    period,
    unit,
    form,
    verdict,
    reasons,
    blocked_until
from {{ ref('int_fitness_verdict') }}
