-- Projects reported as started for which P15 finds no ground, and nothing else is wrong: their lines are held back, so that
-- no other figure has them. The verified start rate has them in its base as not started, the gap as reported (indicators.md 6).
with doubted as (
    select line_id from (
        select line_id, rule, severity, state from {{ ref('stg_landed__issue') }}
        union all
        select line_id, rule, severity, state from {{ ref('int_column_issue_line') }}
    ) as issue
    where severity = 'error' and line_id is not null and state not in ('waived', 'corrected')
    group by line_id
    having min(rule) = 'P15' and max(rule) = 'P15'
),

line as (
    select line.*
    from {{ ref('stg_landed__key_project_monthly') }} as line
    inner join doubted on doubted.line_id = line.line_id
    inner join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = line.submission_id and submission.counts
    cross join {{ ref('stg_site__setting') }} as setting
    where line.quality_status = 'quarantined' and {{ is_start_base('line', '100') }}
)

{% for measure, role, amount in [
    ('start_rate_verified', 'numerator', '0'), ('start_rate_verified', 'denominator', '1'),
    ('start_rate_gap_pp', 'numerator', one_if("line.started = '是'")), ('start_rate_gap_pp', 'denominator', '1'),
] -%}
{% if not loop.first %}union all {% endif -%}
select
    'key_project_monthly' as form, period, unit, 'both' as counts_at, '{{ measure }}' as indicator, '' as basis, '{{ role }}' as role,
    'started,actual_start_date' as columns, cast({{ amount }} as decimal(20, 6)) as contribution, line_id, submission_id
from line
{% endfor %}
