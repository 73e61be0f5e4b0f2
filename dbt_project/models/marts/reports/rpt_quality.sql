with

figure as (
    select
        form,
        period,
        member as unit
        {{ figure_columns() }}
    from {{ ref('fct_indicator') }}
    where grain = 'unit' and measure in ('' {{ figure_names() }})
    group by form, period, member
),

-- A slot is told by the version taken of it, so are its findings; what never came has one of its own.
finding as (
    select
        slot.form,
        slot.period,
        slot.unit,
        count(*) filter (where issue.severity = 'error') as errors,
        count(*) filter (where issue.severity = 'error' and issue.state in ('open', 'lapsed')) as errors_open,
        count(*) filter (where issue.severity = 'warning') as warnings,
        count(*) filter (where issue.severity = 'warning' and issue.state in ('open', 'lapsed')) as warnings_open,
        count(*) filter (where issue.severity = 'info') as infos
    from {{ ref('fct_submission') }} as slot
    left join {{ ref('fct_data_quality_issue') }} as issue
        on
            issue.unit = slot.unit
            and issue.form = slot.form
            and issue.period = slot.period
            and (issue.counts or issue.submission_id = slot.submission_id or issue.submission_id like 'missing:%')
    group by slot.form, slot.period, slot.unit
)

select
    finding.form,
    form.form_name,
    finding.period,
    period.grain as period_grain,
    {{ word_of('dim_period', 'grain', 'period.grain') }} as period_grain_name,
    period.period_year,
    period.period_end,
    finding.unit,
    unit.unit_name,
    unit.kind as unit_kind,
    {{ word_of('dim_unit', 'kind', 'unit.kind') }} as unit_kind_name,
    figure.sum_slots_owed,
    figure.sum_slots_received,
    figure.sum_slots_on_time,
    figure.sum_slots_received - figure.sum_slots_on_time as sum_slots_late,
    figure.timeliness_rate,
    figure.sum_lines_received,
    figure.sum_lines_quarantined,
    {{ quotient('figure.sum_lines_quarantined', 'figure.sum_lines_received', factor=100) }} as quarantined_rate,
    cast(finding.errors as integer) as sum_errors,
    cast(finding.errors_open as integer) as sum_errors_open,
    cast(finding.warnings as integer) as sum_warnings,
    cast(finding.warnings_open as integer) as sum_warnings_open,
    cast(finding.infos as integer) as sum_infos
from finding
inner join {{ ref('dim_form') }} as form on form.form = finding.form
inner join {{ ref('dim_period') }} as period on period.period = finding.period
inner join {{ ref('dim_unit') }} as unit on unit.unit = finding.unit
left join figure on figure.form = finding.form and figure.period = finding.period and figure.unit = finding.unit
