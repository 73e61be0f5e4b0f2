select
    scheme, version, name, document, effective_from, effective_to, grain, points, least_counted_pct, too_few,
    quorum_units, quorum_pct, tie_form, tie_measure, file, bonus_cap, deduction_cap
from {{ source('standards', 'scheme') }}
