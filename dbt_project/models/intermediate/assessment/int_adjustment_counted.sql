-- What every entered bonus and deduction moves a total by: those of a kind count up to the cap of the scheme, in the order in which
-- they stand in the register.
with

entered as (
    select
        adjustment.*,
        total.version,
        total.unit_group,
        coalesce(case adjustment.kind when 'bonus' then scheme.bonus_cap else scheme.deduction_cap end, 0) as cap,
        row_number() over in_order as entry_no,
        sum(adjustment.points) over in_order - adjustment.points as points_before
    from {{ ref('stg_standards__adjustment') }} as adjustment
    inner join {{ ref('int_score_summed') }} as total
        on
            total.scheme = adjustment.scheme and total.unit = adjustment.unit and total.period = adjustment.period
            and total.parent is null
    inner join {{ ref('stg_standards__scheme') }} as scheme on scheme.scheme = total.scheme and scheme.version = total.version
    window in_order as (
        partition by adjustment.scheme, total.version, adjustment.unit, adjustment.period, adjustment.kind
        order by adjustment.line_no
    )
)

select
    *,
    cast(
        case kind when 'bonus' then 1 else -1 end * least(points, greatest(0, cap - points_before)) as decimal(20, 6)
    ) as counted
from entered
