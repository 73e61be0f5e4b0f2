-- What every project in talks adds to the figures of keeping in touch: indicators.md 25.
select
    line_id,
    submission_id,
    'investment_monthly' as form,
    period,
    unit,
    is_held,
    is_first_of_project,
    share_pct,
    case when contact_state = 'overdue' then 1 end as contacts_overdue,
    case when contact_state in ('no_tier', 'no_date') then 1 end as contacts_unknown,
    case when contact_state in ('in_time', 'overdue') then case when contact_state = 'in_time' then 1 else 0 end end as contact_rate,
    case when contact_state in ('in_time', 'overdue') then 1 end as contact_rate__over
from {{ ref('int_contact_followed') }}
