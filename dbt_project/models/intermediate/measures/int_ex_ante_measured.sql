-- What every evaluated aspect adds to the figures of the unit that asks for the money: indicators.md 44.
select
    line_id,
    submission_id,
    'ex_ante_evaluation' as form,
    period,
    coalesce(implementing_unit_code, unit) as unit,
    aspect as basis,
    score as ex_ante_rate,
    weight as ex_ante_rate__over,
    score as ex_ante_aspect_rate,
    weight as ex_ante_aspect_rate__over,
    case when is_first_of_programme then 1 end as programmes_evaluated,
    case when is_first_of_programme then case when conclusion in ('通过', '修改后通过') then 1 else 0 end end as ex_ante_passed_rate,
    case when is_first_of_programme then 1 end as ex_ante_passed_rate__over,
    case when is_first_of_programme then requested_amount end as requested_amount
from {{ ref('int_ex_ante_line') }}
