-- Every error and warning by the turn of its submission among those of its unit and form, whatever their period.
with

-- Issues of lines are looked for where there were lines, all others in everything that came.
looked as (
    select 'line' as scope, submission.* from {{ ref('stg_landed__submission') }} as submission
    where submission.is_placed and not submission.is_echo and submission.readable and submission.line_total > 0
    union all
    select 'submission' as scope, submission.* from {{ ref('stg_landed__submission') }} as submission
    where submission.is_placed and not submission.is_echo
),

turn as (
    select
        scope, submission_id, unit, sub_unit, form, period, received_at,
        row_number() over (
            partition by scope, unit, sub_unit, form order by received_at, receipt_order, submission_id) as turn,
        count(*) over (partition by scope, unit, sub_unit, form) as turns
    from looked
),

found as (
    select distinct
        issue.submission_id,
        issue.rule,
        case when issue.line_id is null then 'submission' else 'line' end as scope,
        coalesce(line.business_key, '') as business_key,
        coalesce(issue.column_name, '') as column_name
    from {{ ref('stg_landed__issue') }} as issue
    left join {{ ref('int_line_with_disposition') }} as line on line.line_id = issue.line_id
    where issue.severity <> 'info'
)

select
    turn.unit, turn.sub_unit, turn.form, found.rule, found.scope, found.business_key, found.column_name,
    turn.submission_id, turn.period, turn.received_at, turn.turn, turn.turns,
    -- 1 where the issue was not there the turn before: a spell begins.
    case
        when turn.turn = 1 + lag(turn.turn) over (
            partition by turn.unit, turn.sub_unit, turn.form, found.rule, found.scope, found.business_key, found.column_name
            order by turn.turn) then 0
        else 1
    end as begins
from found
inner join turn on turn.submission_id = found.submission_id and turn.scope = found.scope
