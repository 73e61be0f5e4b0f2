-- Key-project lines that count, with the project they are about.
select
    line.*,
    {{ project_key('line.project_code', 'project.norm', 'builder.norm') }} as project_key,
    -- indicators.md 5, cfg.start_base `listed`: this year's list without reserves and what was given up.
    coalesce(line.level, '') <> '储备' and coalesce(line.stage, '') <> '终止' as is_listed
from {{ ref('stg_key_project_monthly') }} as line
left join {{ ref('stg_name') }} as project on project.text = line.project_name
left join {{ ref('stg_name') }} as builder on builder.text = line.builder_name
