-- Projects that whoever promotes them keeps in touch with, at the end of each month: how often by their tier, when last, and
-- for how many days that is overdue (indicators.md 25). What is not told is doubt, neither in time nor overdue. With lines that are
-- held back: what would be if they counted.
with stage as (
    {{ split(ref('stg_site__setting'), 'contact_stages') }}
),

due as (
    select
        line.*,
        counted.led_by,
        tier.contact_every,
        tier.contact_days,
        cast(line.last_contact_date + tier.contact_days as date) as contact_due
    from {{ ref('int_investment_known') }} as line
    left join {{ ref('int_investment_line') }} as counted on counted.line_id = line.line_id
    inner join stage on stage.member = line.stage
    left join {{ ref('follow_up_tier') }} as tier on tier.tier = line.follow_up_tier
)

select
    *,
    cast(case when period_end > contact_due then period_end - contact_due when contact_due is not null then 0 end as integer)
        as days_overdue,
    case
        when contact_days is null then 'no_tier'
        when last_contact_date is null then 'no_date'
        when period_end > contact_due then 'overdue'
        else 'in_time'
    end as contact_state
from due
