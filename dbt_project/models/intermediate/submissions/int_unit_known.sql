-- The register with the place of every unit among the others, and units that have left it although figures of theirs are kept.
with recursive

placed as (
    select unit.*, 1 as level_no, unit.unit as path
    from {{ ref('stg_site__unit') }} as unit
    where unit.parent is null
    union all
    select below.*, placed.level_no + 1 as level_no, placed.path || '/' || below.unit as path
    from {{ ref('stg_site__unit') }} as below
    inner join placed on placed.unit = below.parent
)

select
    placed.unit, placed.name as unit_name, placed.kind, placed.reports, placed.parent, placed.level_no, placed.path,
    -- A town lies under its county and is no part of it.
    case when above.kind not in ('province', 'city', 'county') or above.kind is null then placed.parent end as part_of,
    true as is_registered
from placed
left join {{ ref('stg_site__unit') }} as above on above.unit = placed.parent

union all

select
    submission.unit,
    max(submission.unit_name) as unit_name,
    cast(null as varchar) as kind,
    false as reports,
    cast(null as varchar) as parent,
    1 as level_no,
    submission.unit as path,
    cast(null as varchar) as part_of,
    false as is_registered
from {{ ref('stg_landed__submission') }} as submission
where
    submission.unit is not null
    and not exists (select 1 from {{ ref('stg_site__unit') }} as known where known.unit = submission.unit)
group by submission.unit
