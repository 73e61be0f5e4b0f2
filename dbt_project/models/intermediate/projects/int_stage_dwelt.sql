-- The projects of both ledgers, each line with how long it has stood at its stage: since the first period of the unbroken run
-- of months that ends with the line's; and for how long it may (setting stage_norms, indicators.md 43).
with line as (
    {% for form, line, lead in [
        ('key_project_monthly', 'int_key_project_line', 'lead_official'), ('investment_monthly', 'int_investment_line', 'led_by'),
    ] -%}
    {% if not loop.first %}union all {% endif -%}
    select
        '{{ form }}' as form, unit, period, project_key, project_name, {{ lead }} as lead_official, stage, is_first_of_project,
        share_pct, line_id, submission_id, file, sheet, row_no
    from {{ ref(line) }}
    {% endfor %}
),

seen as (
    select
        line.*,
        12 * dated.period_year + dated.last_month as month_no,
        lag(coalesce(line.stage, '')) over (
            partition by line.form, line.unit, line.project_key order by line.period, line.line_id
        ) as stage_before
    from line
    inner join {{ ref('stg_standards__period') }} as dated on dated.period = line.period
),

runs as (
    select
        *,
        sum(case when coalesce(stage, '') is distinct from stage_before then 1 else 0 end) over (
            partition by form, unit, project_key order by period, line_id rows unbounded preceding
        ) as run
    from seen
),

counted as (
    select
        *,
        min(period) over (partition by form, unit, project_key, run) as stage_since,
        -- How long it stood there before it was first reported is not known.
        run = 1 as is_since_first_report,
        -- Both ends count: a stage that was first reported this month is in its first month.
        cast(1 + month_no - min(month_no) over (partition by form, unit, project_key, run) as integer) as months_at_stage
    from runs
),

norm as (
    select
        {{ dbt.split_part('listed.member', "' '", 1) }} as stage,
        cast({{ dbt.split_part('listed.member', "' '", 2) }} as integer) as months
    from ({{ split(ref('stg_site__setting'), 'stage_norms') }}) as listed
)

select
    counted.*,
    norm.months as norm_months,
    case
        when counted.months_at_stage > norm.months then counted.months_at_stage - norm.months
        when norm.months is not null then 0
    end as months_over
from counted
left join norm on norm.stage = counted.stage
