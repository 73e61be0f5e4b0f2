-- What decides whether the data of a unit's form may be judged (cadence.md 5), as sums that can be added up to a unit,
-- a form and the county. Lines and issues are those of the version in force; coverage and lateness run from the year's start.
with

slot as (
    select
        slot.unit,
        slot.form,
        slot.period,
        line_total,
        counts,
        sum(case when is_owed then 1 else 0 end) over so_far as owed,
        sum(case when is_owed and counts then 1 else 0 end) over so_far as accepted,
        sum(case when is_owed and status = 'on_time' then 1 else 0 end) over so_far as on_time,
        sum(case when is_owed and status = 'late' then 1 else 0 end) over so_far as late
    from {{ ref('int_slot_with_status') }} as slot
    inner join {{ ref('int_period_dated') }} as dated on dated.period = slot.period
    where slot.unit is not null and slot.form is not null and status <> 'owed' and (is_owed or counts)
    window so_far as (
        partition by slot.unit, slot.form, dated.period_year, dated.grain
        order by dated.period_end rows between unbounded preceding and current row
    )
),

required as (
    select form, count(*) as columns from {{ ref('stg_standards__required_column') }} where block = 'table' group by form
),

issue as (
    select
        submission.unit,
        submission.form,
        submission.period,
        issue.line_id,
        issue.rule,
        issue.severity,
        issue.column_name,
        spoken.dimension,
        -- Several cells of one record are one cause, and so is a record pasted twice.
        issue.submission_id || '|' || issue.rule || '|'
            || coalesce(line.business_key, issue.line_id, issue.cell, issue.column_name, '') as cause,
        -- The blanks of a row that may be none are one issue (12项).
        case when issue.rule = 'F01' and issue.difference is not null
            then cast({{ dbt.split_part('issue.difference', "'项'", 1) }} as integer) else 1 end as cells
    from {{ ref('stg_landed__issue') }} as issue
    inner join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = issue.submission_id
    left join {{ ref('int_line_with_disposition') }} as line on line.line_id = issue.line_id
    left join {{ ref('stg_standards__fitness_rule') }} as spoken on spoken.rule = issue.rule
    -- Open, and what was explained before the value changed again.
    where submission.counts and coalesce(issue.state, 'open') in ('open', 'lapsed')
),

-- An error of a whole column is one of every line that it holds back, and counts once.
concerned as (
    select unit, form, period, line_id, severity, dimension, cause, cells from issue
    union all
    select submission.unit, submission.form, submission.period, line.line_id, line.severity, spoken.dimension, null as cause, 0 as cells
    from {{ ref('int_column_issue_line') }} as line
    inner join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = line.submission_id
    left join {{ ref('stg_standards__fitness_rule') }} as spoken on spoken.rule = line.rule
    where submission.counts and line.state in ('open', 'lapsed')
),

found as (
    select
        unit,
        form,
        period,
        sum(case when dimension = 'completeness' then cells else 0 end) as blank_cells,
        count(distinct case when severity = 'error' then line_id end) as wrong_lines,
        count(distinct case when dimension = 'consistency' then line_id end) as inconsistent_lines,
        count(distinct case when dimension = 'uniqueness' then line_id end) as doubled_lines,
        count(distinct case when dimension = 'plausibility' then line_id end) as doubtful_lines,
        count(distinct case when severity = 'error' then cause end) as errors,
        count(distinct case when severity = 'warning' then cause end) as warnings
    from concerned
    group by unit, form, period
),

-- The sum of which no more than a part may be estimated.
amount as (
    {% for form, column in {'investment_monthly': 'arrived_ytd', 'key_project_monthly': 'completed_ytd',
                            'budget_execution_monthly': 'spent_ytd'}.items() -%}
    {% if not loop.first %}union all {% endif -%}
    select
        '{{ form }}' as form,
        line.unit,
        line.period,
        sum(line.{{ column }}) as amount,
        sum(case when vague.line_id is not null then line.{{ column }} else 0 end) as estimated,
        {% if form == 'investment_monthly' -%}
        sum(case when line.arrived_recognised is not null then line.arrived_ytd else 0 end) as recognised
        {%- else -%}
        cast(null as decimal(20, 6)) as recognised
        {%- endif %}
    from {{ ref('int_' ~ form ~ '_counted') }} as line
    -- An estimate stays one when it has been explained.
    left join (
        select line_id from {{ ref('stg_landed__issue') }} where rule = 'F04' and column_name = '{{ column }}' group by line_id
    ) as vague
        on vague.line_id = line.line_id
    group by line.unit, line.period
    {% endfor %}
),

claim as (
    select unit, form, period, count(distinct claim_key) as unsettled
    from {{ ref('int_claim_settled') }}
    where state = 'unsettled'
    group by unit, form, period
),

lowered as (
    select
        target_unit_code as unit,
        'annual_target' as form,
        cast(year as varchar) as period,
        count(*) filter (where is_lowered_late and document_no is null) as lowered
    from {{ ref('int_target_version') }}
    where target_unit_code is not null and year is not null
    group by target_unit_code, year
),

place as (
    select unit, form, period from slot
    union
    select unit, form, period from lowered
)

select
    place.unit,
    place.form,
    place.period,
    slot.accepted as coverage,
    slot.owed as coverage_of,
    slot.on_time as timeliness,
    slot.owed as timeliness_of,
    slot.late,
    case when slot.counts then slot.line_total * required.columns - coalesce(found.blank_cells, 0) end as completeness,
    case when slot.counts then slot.line_total * required.columns end as completeness_of,
    {% for dimension, part in {'validity': 'wrong_lines', 'consistency': 'inconsistent_lines', 'uniqueness': 'doubled_lines',
                               'plausibility': 'doubtful_lines'}.items() -%}
    case when slot.counts then slot.line_total - coalesce(found.{{ part }}, 0) end as {{ dimension }},
    case when slot.counts then slot.line_total end as {{ dimension }}_of,
    {% endfor -%}
    case when slot.counts then coalesce(found.errors, 0) end as open_errors,
    case when slot.counts then coalesce(found.warnings, 0) end as open_warnings,
    amount.recognised,
    case when amount.recognised is not null then amount.amount end as recognised_of,
    amount.estimated,
    amount.amount as estimated_of,
    case when slot.counts then coalesce(claim.unsettled, 0) end as unsettled_claims,
    lowered.lowered as lowered_targets
from place
left join slot on slot.unit = place.unit and slot.form = place.form and slot.period = place.period
left join required on required.form = place.form
left join found on found.unit = place.unit and found.form = place.form and found.period = place.period
left join amount on amount.unit = place.unit and amount.form = place.form and amount.period = place.period
left join claim on claim.unit = place.unit and claim.form = place.form and claim.period = place.period
left join lowered on lowered.unit = place.unit and lowered.form = place.form and lowered.period = place.period
