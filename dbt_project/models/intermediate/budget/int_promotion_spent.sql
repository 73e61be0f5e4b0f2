-- For whom every promotion item was spent (indicators.md 24): by the shares that the county settled for its spender, else by
-- the unit that the spender is a part of, else by itself. What the shares leave is the spender's own.
with

spender as (
    select
        line.line_id,
        line.submission_id,
        line.period,
        line.is_held,
        line.budget_item,
        line.spent_ytd,
        coalesce(line.budget_unit_code, line.unit) as spender,
        coalesce(known.part_of, line.budget_unit_code, line.unit) as own_unit
    from {{ ref('int_budget_known') }} as line
    left join {{ ref('int_unit_known') }} as known on known.unit = coalesce(line.budget_unit_code, line.unit)
    where line.is_promotion
),

-- Of the settlements of a spender the one that began last; what has ended leaves everything to the spender again.
settled as (
    select line_id, unit, share_pct, ruling
    from (
        select
            spender.line_id, spender.period, share.unit, share.share_pct, share.ruling, share.first_period, share.last_period,
            max(share.first_period) over (partition by spender.line_id) as latest_period
        from spender
        inner join {{ ref('stg_standards__promotion_share') }} as share
            on share.spender = spender.spender and share.first_period <= spender.period
    ) as begun
    where first_period = latest_period and (last_period = '' or period <= last_period)
),

part as (
    select line_id, unit, share_pct, ruling from settled
    union all
    select spender.line_id, spender.own_unit as unit, 100 - coalesce(sum(settled.share_pct), 0) as share_pct, null as ruling
    from spender
    left join settled on settled.line_id = spender.line_id
    group by spender.line_id, spender.own_unit
    having coalesce(sum(settled.share_pct), 0) < 100
),

-- The spender's unit may be named for the whole of which its spender is a part: one row then.
summed as (
    select line_id, unit, sum(share_pct) as share_pct, max(ruling) as ruling from part group by line_id, unit having sum(share_pct) > 0
),

-- Shares up to this one and up to the one before, so that the parts add up to what was spent to the last digit.
running as (
    select *, sum(share_pct) over (partition by line_id order by unit rows unbounded preceding) as until_pct from summed
)

select
    spender.line_id,
    spender.submission_id,
    spender.period,
    spender.is_held,
    spender.spender,
    running.unit,
    spender.budget_item,
    spender.spent_ytd,
    cast(running.share_pct as decimal(20, 6)) as share_pct,
    cast(
        cast(spender.spent_ytd * running.until_pct * 0.01 as decimal(20, 6))
        - cast(spender.spent_ytd * (running.until_pct - running.share_pct) * 0.01 as decimal(20, 6))
        as decimal(20, 6)
    ) as spent_for,
    running.ruling
from spender
inner join running on running.line_id = spender.line_id
