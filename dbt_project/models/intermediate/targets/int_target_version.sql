-- Targets in the unit of storage, each with the days on which it is the valid one and what it did to the one before
-- (indicators.md 17).
with

target as (
    select
        line.*,
        known.unit as target_unit_code,
        factor.canonical_unit,
        cast(line.target_value * factor.factor as decimal(20, 6)) as target_amount,
        cast(line.stretch_value * factor.factor as decimal(20, 6)) as stretch_amount
    from {{ ref('int_target_known') }} as line
    left join {{ ref('stg_landed__name') }} as known on known.text = line.department
    left join {{ ref('unit_factor') }} as factor on factor.written_unit = line.target_unit
),

followed as (
    select
        target.*,
        target.issued_date as valid_from,
        lead(target.issued_date) over version as replaced_on,
        lead(target.line_id) over version is null as is_current,
        row_number() over version as target_version,
        lag(target.target_amount) over version as previous_amount,
        lag(target.document_no) over version as previous_document,
        first_value(target.target_amount) over version as first_amount
    from target
    window version as (
        partition by coalesce(target.target_unit_code, '?' || target.department), target.indicator, target.year
        -- Of one day, what a later workbook no longer names comes first.
        order by target.issued_date, target.is_in_force, target.row_no, target.line_id
    )
)

select
    followed.*,
    cast({{ dbt.dateadd('day', -1, 'followed.replaced_on') }} as date) as valid_to,
    last_value(followed.target_amount) over (
        partition by coalesce(followed.target_unit_code, '?' || followed.department), followed.indicator, followed.year
        order by followed.target_version rows between unbounded preceding and unbounded following
    ) as valid_amount,
    case
        when followed.target_version = 1 then 'set'
        when followed.target_amount > followed.previous_amount then 'raised'
        when followed.target_amount < followed.previous_amount then 'lowered'
        else 'replaced'
    end as change,
    coalesce(
        followed.target_amount < followed.previous_amount
        and followed.issued_date
            > cast(cast(followed.year as varchar) || '-' || setting.target_late as date),
        false
    ) as is_lowered_late
from followed
cross join {{ ref('stg_site__setting') }} as setting
