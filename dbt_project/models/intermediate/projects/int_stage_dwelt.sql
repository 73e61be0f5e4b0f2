-- Since when a project stands at its stage: the first period of the unbroken run of months that ends with the line's; and
-- for how long it may (setting stage_norms, indicators.md 43).
with line as (
    select 'key_project_monthly' as form, line_id, unit, project_key, period, stage from {{ ref('int_key_project_line') }}
    union all
    select 'investment_monthly' as form, line_id, unit, project_key, period, stage from {{ ref('int_investment_line') }}
),

seen as (
    select
        *,
        lag(coalesce(stage, '')) over (partition by form, unit, project_key order by period, line_id) as stage_before
    from line
),

runs as (
    select
        *,
        sum(case when coalesce(stage, '') is distinct from stage_before then 1 else 0 end) over (
            partition by form, unit, project_key order by period, line_id rows unbounded preceding
        ) as run
    from seen
),

dwelt as (
    select
        form,
        line_id,
        unit,
        period,
        stage,
        min(period) over (partition by form, unit, project_key, run) as stage_since,
        -- How long it stood there before it was first reported is not known.
        run = 1 as is_since_first_report
    from runs
),

counted as (
    select
        *,
        -- Both ends count: a stage that was first reported this month is in its first month.
        cast(
            1 + 12 * (cast(left(period, 4) as integer) - cast(left(stage_since, 4) as integer))
            + cast(right(period, 2) as integer) - cast(right(stage_since, 2) as integer)
            as integer
        ) as months_at_stage
    from dwelt
),

norm as (
    select
        {{ dbt.split_part('listed.member', "' '", 1) }} as stage,
        cast({{ dbt.split_part('listed.member', "' '", 2) }} as integer) as months
    from ({{ split(ref('stg_site__setting'), 'stage_norms') }}) as listed
)

select
    counted.*,
    norm.months as norm_months,
    case
        when counted.months_at_stage > norm.months then counted.months_at_stage - norm.months
        when norm.months is not null then 0
    end as months_over
from counted
left join norm on norm.stage = counted.stage
