-- What every entered bonus and deduction moves a total by: those of a kind count up to the cap of the scheme, in the order in which
-- they stand in the register. What is entered for a unit that the scheme does not assess counts for nothing, and is listed all the same.
with

entered as (
    select
        adjustment.*,
        scheme.version,
        total.unit_group,
        total.unit is not null as is_assessed,
        coalesce(case adjustment.kind when 'bonus' then scheme.bonus_cap else scheme.deduction_cap end, 0) as cap,
        row_number() over in_order as entry_no,
        sum(adjustment.points) over in_order - adjustment.points as points_before
    from {{ ref('stg_standards__adjustment') }} as adjustment
    inner join {{ ref('int_period_dated') }} as period on period.period = adjustment.period
    inner join {{ ref('stg_standards__scheme') }} as scheme
        on
            scheme.scheme = adjustment.scheme and period.period_end >= scheme.effective_from
            and (scheme.effective_to is null or period.period_end <= scheme.effective_to)
    left join {{ ref('int_score_summed') }} as total
        on
            total.scheme = scheme.scheme and total.version = scheme.version and total.unit = adjustment.unit
            and total.period = adjustment.period and total.parent is null
    window in_order as (
        partition by adjustment.scheme, scheme.version, adjustment.unit, adjustment.period, adjustment.kind
        order by adjustment.line_no
    )
)

select
    *,
    cast(
        case when not is_assessed then 0 when kind = 'bonus' then 1 else -1 end * least(points, greatest(0, cap - points_before))
        as decimal(20, 6)
    ) as counted
from entered
