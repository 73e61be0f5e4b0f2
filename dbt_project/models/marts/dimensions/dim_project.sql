select
    mention.project_key,
    max(project_code) as project_code,
    max(case when place = 1 then project_name end) as project_name,
    max(case when place = 1 then owner_name end) as owner_name,
    max(case when place = 1 then owner_uscc end) as owner_uscc,
    max(case when form = 'key_project_monthly' then 1 else 0 end) = 1 as is_key_project,
    max(case when form = 'investment_monthly' then 1 else 0 end) = 1 as is_investment,
    min(period) as first_period,
    max(period) as last_period,
    max(known.other_keys) as other_keys
from {{ ref('int_project_mention') }} as mention
left join {{ ref('int_project_alias') }} as known on known.project_key = mention.project_key
group by mention.project_key
