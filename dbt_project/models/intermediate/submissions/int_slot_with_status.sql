-- What is owed and what came, by unit, form and period; versions of one slot, and parts of one unit, are one row.
with

version as (
    select
        *,
        row_number() over (
            partition by unit, form, period
            order by
                case when counts then 0 when withdrawal is not null then 3 when is_misplaced then 2 else 1 end,
                version desc nulls last, sub_unit, submission_id
        ) as place
    from {{ ref('stg_landed__submission') }}
    where is_placed and not is_echo
),

-- What was withdrawn is as if it had never come, but it stays visible. What names another unit is no version; where nothing
-- else came it stands for the slot all the same: something was sent in time, and was refused.
slot as (
    select
        unit,
        form,
        period,
        coalesce(
            nullif(count(distinct case when is_misplaced then null else sub_unit || '|' || cast(version as varchar) end), 0),
            count(distinct submission_id)
        ) as versions,
        count(*) filter (where counts) as parts,
        min(case when withdrawal is null then received_at end) as first_received_at,
        min(case when withdrawal is null and verdict <> 'unreadable' then received_at end) as first_read_at,
        sum(case when counts then line_total end) as line_total,
        sum(case when counts then quarantined end) as quarantined,
        sum(case when counts then errors end) as errors,
        sum(case when counts then warnings end) as warnings
    from version
    group by unit, form, period
),

-- The version that speaks for the slot: the one that counts, else the last one sent that was not withdrawn.
speaking as (
    select * from version where place = 1
),

came as (
    select
        slot.unit,
        slot.form,
        slot.period,
        slot.versions,
        slot.parts,
        slot.first_received_at,
        slot.first_read_at,
        speaking.submission_id,
        speaking.file,
        speaking.sheet,
        speaking.verdict,
        speaking.counts,
        speaking.nil_return,
        coalesce(slot.line_total, speaking.line_total) as line_total,
        coalesce(slot.quarantined, speaking.quarantined) as quarantined,
        coalesce(slot.errors, speaking.errors) as errors,
        coalesce(slot.warnings, speaking.warnings) as warnings,
        speaking.withdrawal,
        speaking.withdrawn_why,
        speaking.withdrawn_by,
        speaking.withdrawn_at
    from slot
    inner join speaking
        on speaking.unit = slot.unit and speaking.form = slot.form and speaking.period = slot.period

    union all

    -- A submission whose unit, form or period nobody could tell stands alone.
    select
        unit, form, period, 1 as versions, 0 as parts, received_at as first_received_at, received_at as first_read_at,
        submission_id, file, sheet, verdict,
        counts, nil_return, line_total, quarantined, errors, warnings, withdrawal, withdrawn_why, withdrawn_by, withdrawn_at
    from {{ ref('stg_landed__submission') }}
    where not is_placed
),

met as (
    select
        coalesce(owed.unit, came.unit) as unit,
        coalesce(owed.form, came.form) as form,
        coalesce(owed.period, came.period) as period,
        owed.deadline is not null as is_owed,
        owed.deadline,
        owed.due_by,
        owed.extended_from,
        came.submission_id is not null and came.withdrawal is null as is_received,
        came.first_received_at,
        came.first_read_at,
        came.submission_id,
        came.file,
        came.sheet,
        came.verdict,
        coalesce(came.counts, false) as counts,
        coalesce(came.nil_return, false) as nil_return,
        coalesce(came.versions, 0) as versions,
        coalesce(came.parts, 0) as parts,
        came.line_total,
        came.quarantined,
        came.errors,
        came.warnings,
        came.withdrawal,
        came.withdrawn_why,
        came.withdrawn_by,
        came.withdrawn_at
    from {{ ref('stg_site__roster') }} as owed
    full outer join came
        on came.unit = owed.unit and came.form = owed.form and came.period = owed.period
)

select
    met.*,
    case
        when met.unit is null or met.form is null or met.period is null then met.submission_id
        else met.unit || '|' || met.form || '|' || met.period
    end as slot_id,
    -- cadence.md section 2: late is after the deadline day, missing also after its grace; the first file that can be read decides.
    case
        when
            met.withdrawal is not null and (not met.is_owed or setting.as_of
                <= cast({{ dbt.dateadd('day', 'setting.grace_days', 'met.deadline') }} as date)) then 'withdrawn'
        when not met.is_owed then 'unexpected'
        when met.is_received and cast(met.first_read_at as date) <= met.deadline then 'on_time'
        when met.is_received then 'late'
        when setting.as_of > cast({{ dbt.dateadd('day', 'setting.grace_days', 'met.deadline') }} as date)
            then 'missing'
        else 'owed'
    end as status
from met
cross join {{ ref('stg_site__setting') }} as setting
