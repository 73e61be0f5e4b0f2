with

cause as (
    select line_id, rule
    from {{ ref('stg_landed__issue') }}
    where severity = 'error' and line_id is not null
    group by line_id, rule
    union
    select line_id, rule from {{ ref('int_column_issue_line') }}
),

causes as (
    select line_id, {{ dbt.listagg('rule', "' '", 'order by rule') }} as rules
    from cause
    group by line_id
),

refusal as (
    select submission_id, rule
    from {{ ref('stg_landed__issue') }}
    where severity = 'error' and level = 'submission'
    group by submission_id, rule
),

refusals as (
    select submission_id, {{ dbt.listagg('rule', "' '", 'order by rule') }} as rules
    from refusal
    group by submission_id
)

select
    line.form,
    line.unit,
    line.period,
    line.business_key,
    line.verdict,
    line.counts,
    causes.rules as line_rules,
    refusals.rules as submission_rules,
    line.raw,
    {{ origin('line') }}
from {{ ref('int_line_with_disposition') }} as line
left join causes on causes.line_id = line.line_id
left join refusals on refusals.submission_id = line.submission_id
where line.disposition = 'quarantined'
