select
    scheme,
    version,
    name as scheme_name,
    document,
    effective_from,
    effective_to,
    grain,
    points,
    least_counted_pct,
    too_few,
    quorum_units,
    quorum_pct,
    case when tie_form is not null then tie_form || '.' || tie_measure end as tie_break,
    file,
    bonus_cap,
    deduction_cap
from {{ ref('stg_standards__scheme') }}
