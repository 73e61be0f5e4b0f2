-- Since when a key project stands at its stage: the first period of the unbroken run of months that ends with the line's.
with seen as (
    select
        line.line_id,
        line.unit,
        line.project_key,
        line.period,
        12 * dated.period_year + dated.last_month as month_no,
        coalesce(line.stage, '') as stage,
        lag(coalesce(line.stage, '')) over (partition by line.unit, line.project_key order by line.period, line.line_id) as stage_before
    from {{ ref('int_key_project_line') }} as line
    inner join {{ ref('stg_standards__period') }} as dated on dated.period = line.period
),

runs as (
    select
        *,
        sum(case when stage is distinct from stage_before then 1 else 0 end) over (
            partition by unit, project_key order by period, line_id rows unbounded preceding
        ) as run
    from seen
)

select
    line_id,
    min(period) over (partition by unit, project_key, run) as stage_since,
    -- Both ends count: a stage that was first reported this month is in its first month.
    cast(1 + month_no - min(month_no) over (partition by unit, project_key, run) as integer) as months_at_stage,
    -- How long it stood there before it was first reported is not known.
    run = 1 as is_since_first_report
from runs
