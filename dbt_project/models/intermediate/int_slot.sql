-- What is owed and what came, by unit, form and period; several versions of one slot are one row.
with

version as (
    select
        *,
        row_number() over (
            partition by unit, form, period
            order by case when counts then 0 else 1 end, version desc, submission_id
        ) as place
    from {{ ref('stg_submission') }}
    where is_placed
),

slot as (
    select unit, form, period, count(distinct version) as versions, min(received_at) as first_received_at
    from version
    group by unit, form, period
),

-- The version that speaks for the slot: the one that counts, else the last one sent.
speaking as (
    select * from version where place = 1
),

came as (
    select
        slot.unit,
        slot.form,
        slot.period,
        slot.versions,
        slot.first_received_at,
        speaking.submission_id,
        speaking.file,
        speaking.sheet,
        speaking.verdict,
        speaking.counts,
        speaking.nil_return,
        speaking.line_total,
        speaking.quarantined,
        speaking.errors,
        speaking.warnings
    from slot
    inner join speaking
        on speaking.unit = slot.unit and speaking.form = slot.form and speaking.period = slot.period

    union all

    -- A submission whose unit, form or period nobody could tell stands alone.
    select
        unit, form, period, 1 as versions, received_at as first_received_at, submission_id, file, sheet, verdict,
        counts, nil_return, line_total, quarantined, errors, warnings
    from {{ ref('stg_submission') }}
    where not is_placed
),

met as (
    select
        coalesce(owed.unit, came.unit) as unit,
        coalesce(owed.form, came.form) as form,
        coalesce(owed.period, came.period) as period,
        owed.deadline is not null as is_owed,
        owed.deadline,
        came.submission_id is not null as is_received,
        came.first_received_at,
        came.submission_id,
        came.file,
        came.sheet,
        came.verdict,
        coalesce(came.counts, false) as counts,
        coalesce(came.nil_return, false) as nil_return,
        coalesce(came.versions, 0) as versions,
        came.line_total,
        came.quarantined,
        came.errors,
        came.warnings
    from {{ ref('stg_roster') }} as owed
    full outer join came
        on came.unit = owed.unit and came.form = owed.form and came.period = owed.period
)

select
    met.*,
    case
        when met.unit is null or met.form is null or met.period is null then met.submission_id
        else met.unit || '|' || met.form || '|' || met.period
    end as slot_id,
    -- cadence.md section 2: late is after the deadline day and its grace; the first reading decides.
    case
        when not met.is_owed then 'unexpected'
        when met.is_received and cast(met.first_received_at as date)
            <= cast({{ dbt.dateadd('day', 'setting.grace_days', 'met.deadline') }} as date) then 'on_time'
        when met.is_received then 'late'
        when setting.as_of > cast({{ dbt.dateadd('day', 'setting.grace_days', 'met.deadline') }} as date)
            then 'missing'
        else 'not_due'
    end as status
from met
cross join {{ ref('stg_setting') }} as setting
