-- For whom every promotion item was spent, with what that unit introduced in the period: one row per item and unit.
with introduced as (
    select
        coalesce(introducing_unit_code, unit) as unit,
        period,
        sum(cast(coalesce(arrived_recognised, arrived_ytd) * share_pct * 0.01 as decimal(20, 6))) as arrived,
        count(*) filter (where is_signed_in_year and share_pct > 0) as signed
    from {{ ref('int_investment_line') }}
    group by coalesce(introducing_unit_code, unit), period
)

select
    spent.period,
    spent.spender,
    spent.unit,
    spent.budget_item,
    spent.spent_ytd,
    spent.share_pct,
    spent.spent_for,
    cast(coalesce(introduced.arrived, 0) as decimal(20, 6)) as arrived,
    cast(coalesce(introduced.signed, 0) as integer) as signed,
    coalesce(introduced.arrived, 0) = 0 as is_without_result,
    share.ruling,
    share.decided_by,
    share.why,
    spent.line_id,
    spent.submission_id,
    line.file,
    line.sheet,
    line.row_no
from {{ ref('int_promotion_spent') }} as spent
inner join {{ ref('int_budget_line') }} as line on line.line_id = spent.line_id
left join {{ ref('stg_standards__promotion_share') }} as share on share.ruling = spent.ruling
left join introduced on introduced.unit = spent.unit and introduced.period = spent.period
