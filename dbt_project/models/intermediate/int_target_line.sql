-- Targets that count, in the unit of storage, each with the days on which it is the valid one.
with target as (
    select
        line.*,
        known.unit as target_unit_code,
        factor.canonical_unit,
        cast(line.target_value * factor.factor as decimal(20, 6)) as target_amount,
        cast(line.stretch_value * factor.factor as decimal(20, 6)) as stretch_amount
    from {{ ref('stg_annual_target') }} as line
    left join {{ ref('stg_name') }} as known on known.text = line.department
    left join {{ ref('unit_factor') }} as factor on factor.written_unit = line.target_unit
)

select
    target.*,
    target.issued_date as valid_from,
    lead(target.issued_date) over version as replaced_on,
    lead(target.line_id) over version is null as is_current,
    row_number() over version as target_version
from target
window version as (
    partition by target.target_unit_code, target.indicator, target.year
    order by target.issued_date, target.row_no, target.line_id
)
