-- What every project adds to how long projects stand at their stage: indicators.md 43.
{{ config(meta={'by_period': true}) }}
select
    line_id,
    submission_id,
    form,
    period,
    unit,
    is_first_of_project,
    share_pct,
    coalesce(stage, '未注明') as basis,
    months_at_stage,
    1 as months_at_stage__over,
    case when months_over > 0 then 1 end as projects_over_norm
from {{ ref('int_stage_dwelt') }}
