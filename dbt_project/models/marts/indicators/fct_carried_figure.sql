-- indicators.md section 0 rule 5: a month that is missing has no figure. Where the county asks for it (carry_forward) the last
-- stock figure of the unit in that year is shown beside, under its own month; nothing is added up from it.
with

stock as (
    select figure.form, figure.period, figure.unit, figure.measure, figure.value, figure.uom
    from {{ ref('fct_measure') }} as figure
    inner join {{ ref('indicator') }} as indicator
        on indicator.indicator = figure.measure and indicator.kind = 'sum' and indicator.nature in ('stock', 'year_to_date')
    where figure.unit <> '*' and figure.value is not null
),

lacking as (
    select slot.form, slot.period, slot.unit
    from {{ ref('int_slot_with_status') }} as slot
    cross join {{ ref('stg_site__setting') }} as setting
    where setting.carry_forward = 'true' and slot.is_owed and not slot.counts and slot.status <> 'owed'
)

select form, period, unit, measure, from_period, value, uom
from (
    select
        lacking.form, lacking.period, lacking.unit, stock.measure, stock.period as from_period, stock.value, stock.uom,
        row_number() over (
            partition by lacking.form, lacking.period, lacking.unit, stock.measure order by stock.period desc nulls last
        ) as place
    from lacking
    inner join stock on stock.form = lacking.form and stock.unit = lacking.unit
    inner join {{ ref('int_period_dated') }} as now on now.period = lacking.period
    inner join {{ ref('int_period_dated') }} as earlier
        on
            earlier.period = stock.period
            and earlier.grain = now.grain
            and earlier.period_year = now.period_year
            and earlier.period_end < now.period_end
) as known
where place = 1
