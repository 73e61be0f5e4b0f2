-- What has become of the key projects since the tour before: the last month of a quarter, half year or year beside the last
-- month of the one before. A unit that did not report one of the two months has no rows: what is not known has not changed.
with

tour as (
    select whole.period, whole.grain, whole.previous_period, now.part as last_month, earlier.part as last_month_before
    from {{ ref('int_period_dated') }} as whole
    inner join {{ ref('int_period_part') }} as now
        on now.period = whole.period and now.part_grain = 'month' and now.is_last and now.is_over
    left join {{ ref('int_period_part') }} as earlier
        on earlier.period = whole.previous_period and earlier.part_grain = 'month' and earlier.is_last
),

line as (
    select
        line.unit, line.period as month, line.project_key, line.project_name, line.stage, line.completed_since_start, line.line_id,
        coalesce(reached.stage_order >= finished.stage_order, false) as is_finished,
        row_number() over (partition by line.unit, line.period, line.project_key order by line.line_id) as place
    from {{ ref('int_key_project_line') }} as line
    left join {{ ref('int_stage_ordered') }} as reached on reached.stage = line.stage
    left join {{ ref('int_stage_ordered') }} as finished on finished.stage = '竣工'
),

sent as (
    select distinct unit, month as period from line
),

now as (
    select tour.*, line.* from tour inner join line on line.month = tour.last_month and line.place = 1
),

before as (
    select tour.*, line.* from tour inner join line on line.month = tour.last_month_before and line.place = 1
),

met as (
    select
        coalesce(now.period, before.period) as period,
        coalesce(now.grain, before.grain) as grain,
        coalesce(now.previous_period, before.previous_period) as previous_period,
        coalesce(now.last_month, before.last_month) as last_month,
        coalesce(now.last_month_before, before.last_month_before) as last_month_before,
        coalesce(now.unit, before.unit) as unit,
        coalesce(now.project_key, before.project_key) as project_key,
        coalesce(now.project_name, before.project_name) as project_name,
        now.line_id,
        now.stage,
        now.is_finished,
        now.completed_since_start,
        before.line_id as previous_line_id,
        before.stage as previous_stage,
        before.is_finished as was_finished,
        before.completed_since_start as previous_completed_since_start
    from now
    full outer join before
        on before.period = now.period and before.unit = now.unit and before.project_key = now.project_key
)

select
    met.period,
    met.grain,
    met.unit,
    met.project_key,
    met.project_name,
    met.previous_period,
    case
        when met.previous_line_id is null then 'new'
        when met.line_id is null then 'gone'
        when met.is_finished and not met.was_finished then 'finished'
        when met.is_finished then 'going_on'
        when met.stage = '停工' or met.completed_since_start <= met.previous_completed_since_start then 'stalled'
        when coalesce(met.stage, '') <> coalesce(met.previous_stage, '') then 'moved'
        else 'going_on'
    end as change,
    coalesce(
        met.line_id is not null and met.previous_line_id is not null and coalesce(met.stage, '') <> coalesce(met.previous_stage, ''), false
    ) as has_moved_stage,
    met.previous_stage,
    met.stage,
    met.previous_completed_since_start,
    met.completed_since_start,
    cast(met.completed_since_start - met.previous_completed_since_start as decimal(20, 6)) as completed_since_tour,
    met.line_id,
    met.previous_line_id
from met
inner join sent as reported on reported.unit = met.unit and reported.period = met.last_month
inner join sent as reported_before on reported_before.unit = met.unit and reported_before.period = met.last_month_before
