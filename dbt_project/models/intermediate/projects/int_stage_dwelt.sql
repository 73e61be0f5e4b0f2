-- Since when a key project stands at its stage: the first period of the unbroken run of months that ends with the line's.
with seen as (
    select
        line_id,
        unit,
        project_key,
        period,
        coalesce(stage, '') as stage,
        lag(coalesce(stage, '')) over (partition by unit, project_key order by period, line_id) as stage_before
    from {{ ref('int_key_project_line') }}
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
    cast(
        1 + 12 * (cast(left(period, 4) as integer) - cast(left(min(period) over (partition by unit, project_key, run), 4) as integer))
        + cast(right(period, 2) as integer) - cast(right(min(period) over (partition by unit, project_key, run), 2) as integer)
        as integer
    ) as months_at_stage,
    -- How long it stood there before it was first reported is not known.
    run = 1 as is_since_first_report
from runs
