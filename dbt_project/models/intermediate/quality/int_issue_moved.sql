-- Which figures of its unit a finding would move if what is most likely were true: a cell that is wrong takes its likely value in
-- every figure that it enters as it is, and a line that is held back counts, with its likely value where there is one.
with

finding as (
    select * from {{ ref('int_issue_effect') }} where basis in ('likely', 'held')
),

part as (
    select
        finding.issue_no,
        told.form, told.period, told.unit, told.indicator, told.basis, told.role, told.is_held,
        told.contribution,
        finding.basis as issue_basis,
        -- The cell as it is, or the unit's share of it.
        finding.amount_likely is not null and finding.amount_sent <> 0
            and finding.column_name = any({{ listed('told.columns') }})
            and (
                replace(told.columns, ',split_ratio', '') = finding.column_name
                or told.contribution = finding.amount_sent
            ) as is_of_cell,
        {{ quotient('told.contribution * finding.amount_likely', 'finding.amount_sent') }} as likely_contribution
    from finding
    inner join {{ ref('int_contribution_told') }} as told on told.line_id = finding.line_id
    where told.counts_at <> 'county' and told.unit is not null and told.role in ('numerator', 'denominator')
),

moved as (
    select
        issue_no, form, period, unit, indicator, basis,
        {% for role, name in {'numerator': 'above', 'denominator': 'below'}.items() -%}
        cast(coalesce(sum(case when role = '{{ role }}' then
            case
                when issue_basis = 'likely' and not coalesce(is_held, false) and is_of_cell then likely_contribution - contribution
                when issue_basis = 'held' and is_held and is_of_cell then likely_contribution
                when issue_basis = 'held' and is_held then contribution
                when issue_basis = 'held' then -contribution
            end
        end), 0) as decimal(20, 6)) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from part
    group by issue_no, form, period, unit, indicator, basis
),

figure as (
    select
        moved.issue_no, figure.form, figure.period, figure.member as unit, figure.measure, figure.kind, figure.factor, figure."minus",
        cast(figure.numerator + moved.above as decimal(20, 6)) as numerator,
        cast(figure.denominator + moved.below as decimal(20, 6)) as denominator,
        figure.estimated,
        cast(null as decimal(20, 6)) as median,
        cast(null as decimal(20, 6)) as greatest
    from moved
    inner join {{ ref('int_figure') }} as figure
        on
            figure.form = moved.form and figure.period = moved.period and figure.grain = 'unit' and figure.member = moved.unit
            and figure.indicator = moved.indicator and figure.basis = moved.basis
    where figure.value is not null and (moved.above <> 0 or moved.below <> 0)
)

select
    issue_no,
    form,
    period,
    unit,
    measure,
    {{ worked_out('numerator') }} as value_after,
    {{ worked_out('(numerator - estimated)') }} as value_after_without_estimates
from figure
where kind not in ('median', 'max')
