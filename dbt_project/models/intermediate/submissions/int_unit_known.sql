-- The register, and units that have left it although figures of theirs are kept.
select unit, name as unit_name, kind, reports, parent, true as is_registered
from {{ ref('stg_site__unit') }}

union all

select
    submission.unit,
    max(submission.unit_name) as unit_name,
    cast(null as varchar) as kind,
    false as reports,
    cast(null as varchar) as parent,
    false as is_registered
from {{ ref('stg_landed__submission') }} as submission
where
    submission.unit is not null
    and not exists (select 1 from {{ ref('stg_site__unit') }} as known where known.unit = submission.unit)
group by submission.unit
