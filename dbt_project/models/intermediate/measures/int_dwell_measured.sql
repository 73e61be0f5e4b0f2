-- What every project adds to how long projects stand at their stage: indicators.md 43.
{% for form, line in [('key_project_monthly', 'int_key_project_line'), ('investment_monthly', 'int_investment_line')] -%}
{% if not loop.first %}union all {% endif -%}
select
    line.line_id,
    line.submission_id,
    '{{ form }}' as form,
    line.period,
    line.unit,
    line.is_first_of_project,
    line.share_pct,
    coalesce(line.stage, '未注明') as basis,
    dwelt.months_at_stage,
    1 as months_at_stage__over,
    case when dwelt.months_over > 0 then 1 end as projects_over_norm
from {{ ref(line) }} as line
inner join {{ ref('int_stage_dwelt') }} as dwelt on dwelt.line_id = line.line_id
{% endfor %}
