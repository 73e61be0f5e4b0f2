-- Every line that names a project, latest first, in whichever form.
with mention as (
    select
        'key_project_monthly' as form, project_key, project_code, project_name, builder_name as owner_name,
        builder_uscc as owner_uscc, period, line_id
    from {{ ref('int_key_project_line') }}
    union all
    select
        'investment_monthly' as form, project_key, project_code, project_name, investor_name as owner_name,
        investor_uscc as owner_uscc, period, line_id
    from {{ ref('int_investment_line') }}
)

select
    mention.*,
    -- Where both forms name it, the key-project list speaks: its names are those of the approvals.
    row_number() over (
        partition by project_key
        order by case form when 'key_project_monthly' then 1 else 2 end, period desc nulls last, line_id
    ) as place
from mention
