-- Projects reported as started for which P15 finds no ground, and nothing else is wrong: their lines are held back, so that
-- no other figure has them. The verified start rate has them in its base as not started, the gap as reported (indicators.md 6).
with

issue as (
    select line_id, rule, severity, state from {{ ref('stg_landed__issue') }}
    union all
    select line_id, rule, severity, state from {{ ref('int_column_issue_line') }}
),

doubted as (
    select line_id from issue
    where severity = 'error' and line_id is not null and not {{ is_answered('state') }}
    group by line_id
    having min(rule) = 'P15' and max(rule) = 'P15'
)

select
    line.line_id,
    line.submission_id,
    'key_project_monthly' as form,
    line.period,
    line.unit,
    0 as start_rate_verified,
    1 as start_rate_verified__over,
    case when line.started = '是' then 1 else 0 end as start_rate_gap_pp,
    1 as start_rate_gap_pp__over
from {{ ref('stg_landed__key_project_monthly') }} as line
inner join doubted on doubted.line_id = line.line_id
inner join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = line.submission_id and submission.counts
cross join {{ ref('stg_site__setting') }} as setting
where line.quality_status = 'quarantined' and {{ is_start_base('line', '100') }}
