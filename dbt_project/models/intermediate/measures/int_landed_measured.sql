-- What every enterprise that a project became adds to the figures of results: indicators.md 46. A promise is of a full year,
-- and as much of it is due as of the year is over.
select
    line_id,
    submission_id,
    'landed_result' as form,
    period,
    unit,
    is_held,
    output_ytd as landed_output,
    tax_ytd as landed_tax,
    jobs as landed_jobs,
    case when land_mu > 0 then tax_ytd end as tax_per_mu,
    case when tax_ytd is not null then land_mu end as tax_per_mu__over,
    case when promised_tax is not null then tax_ytd end as tax_promise_rate,
    case when tax_ytd is not null then {{ quotient('promised_tax * extract(month from period_end)', '12') }} end as tax_promise_rate__over
from ({{ lines_in_force('landed_result') }}) as line
