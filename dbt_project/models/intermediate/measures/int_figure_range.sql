-- What open findings allow of a unit's figure (assessment.md, 区间): every line that is held back counted or not, every claim that
-- nobody settled won or lost, what was estimated confirmed or dropped; each taken alone for the figure, then against it. Lines
-- and estimates are open while their unit can still mend them, claims until somebody rules. NULL at both ends: open, and
-- nobody can tell how far.
{# What a line adds above and below the line of a figure, in the columns as they were sent. #}
{% set amounts = {
    'key_project_monthly': [
        ('key_project_monthly', 'completion_rate', 'completed_ytd', 'annual_plan', false),
        ('key_project_monthly', 'schedule_gap_pp', 'completed_ytd', 'annual_plan', false),
        ('key_project_monthly', 'total_completion_rate', 'completed_since_start', 'total_investment', false),
        ('annual_target', 'target_rate_固定资产投资', 'completed_ytd', '0', false),
    ],
    'investment_monthly': [
        ('investment_monthly', 'recognition_rate', 'arrived_recognised',
            'case when line.arrived_recognised is not null then line.arrived_ytd end', false),
        ('investment_monthly', 'out_of_province_share', 'arrived_ytd_out_of_province', 'arrived_ytd', false),
        ('annual_target', 'target_rate_到位资金_recognised', 'arrived_recognised', '0', true),
        ('annual_target', 'target_rate_到位资金_reported', 'arrived_ytd', '0', true),
        ('annual_target', 'target_rate_省外到位资金', 'arrived_ytd_out_of_province', '0', true),
        ('annual_target', 'target_rate_实际使用外资', 'arrived_ytd_foreign_usd', '0', true),
    ],
    'budget_execution_monthly': [
        ('budget_execution_monthly', 'execution_rate', 'spent_ytd', 'budget_adjusted', false),
        ('budget_execution_monthly', 'execution_gap_pp', 'spent_ytd', 'budget_adjusted', false),
    ],
} %}
{# What a line is counted for, and what it asks where it is counted. #}
{% set counts = {
    'key_project_monthly': [
        ('key_project_monthly', 'start_rate_verified', "true", 'case when unfounded.line_id is null then 1 else 0 end'),
        ('key_project_monthly', 'start_rate_reported', "true", '1'),
        ('annual_target', 'target_rate_开工项目数', within_year('line.actual_start_date'), '0'),
    ],
    'investment_monthly': [
        ('annual_target', 'target_rate_新签约项目数', within_year('line.signed_date'), '0'),
        ('annual_target', 'target_rate_投产项目数', within_year('line.production_date'), '0'),
    ],
} %}
with

claim as (
    select line_id, share_pct from {{ ref('int_claim_settled') }} where state = 'unsettled'
),

open_line as (
    select
        line.line_id,
        line.form,
        line.unit,
        line.period,
        line.disposition = 'quarantined' as is_held,
        case when claim.line_id is null then 100 else 100 - claim.share_pct end as won_pct,
        case when claim.line_id is null then 0 else claim.share_pct end as lost_pct
    from {{ ref('int_line_with_disposition') }} as line
    inner join {{ ref('int_slot_mending') }} as slot
        on slot.unit = line.unit and slot.form = line.form and slot.period = line.period
    left join claim on claim.line_id = line.line_id
    where line.counts and (claim.line_id is not null or (line.disposition = 'quarantined' and slot.is_mendable))
),

-- One row per line, figure and way in which it may be settled.
part as (
    {% for of_form, measures in amounts.items() -%}
    {% for form, measure, above, below, is_split in measures -%}
    select
        open_line.unit, open_line.period, '{{ form }}' as form, '{{ measure }}' as measure,
        cast(coalesce(line.{{ above }}, 0) * way.pct * 0.01
            {%- if is_split %} * coalesce(case when open_line.lost_pct = 0 then line.split_ratio end, 100) * 0.01{% endif %}
            as decimal(20, 6)) as above,
        cast(coalesce({% if '.' in below or below == '0' %}{{ below }}{% else %}line.{{ below }}{% endif %}, 0)
            * way.pct * 0.01 as decimal(20, 6)) as below
    from open_line
    inner join {{ ref('stg_landed__' ~ of_form) }} as line on line.line_id = open_line.line_id
    cross join lateral (values (open_line.won_pct), (-open_line.lost_pct)) as way (pct)
    union all
    {% endfor -%}
    {% endfor -%}
    {% for of_form, measures in counts.items() -%}
    {% set last = loop.last -%}
    {% for form, measure, asked, below in measures -%}
    select
        open_line.unit, open_line.period, '{{ form }}' as form, '{{ measure }}' as measure,
        cast(case when {{ asked }} then way.above else 0 end as decimal(20, 6)) as above,
        cast({{ below }} as decimal(20, 6)) as below
    from open_line
    inner join {{ ref('stg_landed__' ~ of_form) }} as line on line.line_id = open_line.line_id
    -- A start without a ground stays in the base already (indicators.md 6).
    left join {{ ref('int_unfounded_start_measured') }} as unfounded on unfounded.line_id = open_line.line_id
    cross join (values (1), (0)) as way (above)
    where open_line.is_held
    {% if not (last and loop.last) %}union all{% endif %}
    {% endfor -%}
    {% endfor -%}
),

held as (
    select form, period, unit, count(*) as lines from open_line where is_held group by form, period, unit
),

figure as (
    select
        figure.*,
        coalesce(slot.is_mendable, false) as is_mendable,
        coalesce(held.lines, 0) as held_lines
    from {{ ref('int_figure') }} as figure
    -- What is set against a target is mended in the form that tells it.
    left join {{ ref('target_indicator') }} as reached
        on figure.kind = 'attained' and figure.basis = reached.indicator || coalesce(reached.suffix, '')
    left join {{ ref('int_slot_mending') }} as slot
        on slot.unit = figure.member and slot.form = coalesce(reached.form, figure.form) and slot.period = figure.period
    left join held
        on held.unit = figure.member and held.form = coalesce(reached.form, figure.form) and held.period = figure.period
    where figure.grain = 'unit' and figure.value is not null
),

moved as (
    select
        part.form, part.period, part.unit, part.measure,
        sum(case when part.above * figure.denominator > figure.numerator * part.below then part.above else 0 end) as above_for,
        sum(case when part.above * figure.denominator > figure.numerator * part.below then part.below else 0 end) as below_for,
        sum(case when part.above * figure.denominator < figure.numerator * part.below then part.above else 0 end) as above_against,
        sum(case when part.above * figure.denominator < figure.numerator * part.below then part.below else 0 end) as below_against
    from part
    inner join figure
        on figure.form = part.form and figure.period = part.period and figure.member = part.unit and figure.measure = part.measure
    group by part.form, part.period, part.unit, part.measure
),

ended as (
    select
        figure.*,
        coalesce(moved.above_for, 0) as above_for,
        coalesce(moved.below_for, 0) as below_for,
        coalesce(moved.above_against, 0) as above_against,
        coalesce(moved.below_against, 0) as below_against,
        -- An estimate earns nothing where more is better, and saves nothing where less is.
        case when figure.polarity = '-' and not figure.is_mendable then 0 else figure.estimated end as dropped,
        case when figure.polarity <> '-' and not figure.is_mendable then figure.estimated else 0 end as not_confirmed,
        figure.held_lines > 0 and moved.form is null as is_unknown
    from figure
    left join moved
        on moved.form = figure.form and moved.period = figure.period and moved.unit = figure.member and moved.measure = figure.measure
    where moved.form is not null or figure.held_lines > 0 or (figure.is_mendable and figure.estimated <> 0)
)

select
    form,
    period,
    member as unit,
    measure,
    {% for side, sign in {'against': 'dropped', 'for': 'not_confirmed'}.items() -%}
    case
        when is_unknown or kind not in ('sum', 'ratio', 'attained') then null
        when kind = 'sum' then cast(numerator - {{ sign }} + above_{{ side }} - "minus" as decimal(20, 6))
        when denominator + below_{{ side }} > 0 then cast({{ quotient(
            'factor * (numerator - ' ~ sign ~ ' + above_' ~ side ~ ')', 'denominator + below_' ~ side
        ) }} - "minus" as decimal(20, 6))
    end as value_{{ 'low' if side == 'against' else 'high' }}{% if not loop.last %},{% endif %}
    {% endfor -%}
from ended
