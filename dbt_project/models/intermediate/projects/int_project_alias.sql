-- Other keys by which a project was known, as people have ruled (aliases, renames, mergers).
select same_as as project_key, {{ dbt.listagg('project_key', "'；'", 'order by project_key') }} as other_keys
from {{ ref('stg_standards__project_identity') }}
where kind <> 'distinct'
group by same_as
