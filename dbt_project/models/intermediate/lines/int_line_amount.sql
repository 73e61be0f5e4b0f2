-- Every amount in 万元 of every line, whatever became of the line; the first of a form is its headline, the amount that
-- stands for the line where a finding names none.
{{ config(meta={'by_period': true}) }}
{% set amounts = {
    'key_project_monthly': ['completed_ytd', 'completed_month', 'completed_since_start', 'annual_plan', 'total_investment'],
    'investment_monthly': [
        'arrived_ytd', 'arrived_month', 'arrived_since_signing', 'arrived_ytd_out_of_province', 'arrived_recognised',
        'contracted_amount', 'fixed_asset_amount',
    ],
    'budget_execution_monthly': ['spent_ytd', 'spent_month', 'budget_initial', 'budget_change', 'budget_adjusted'],
    'rectification': ['amount'],
} -%}
{% for form, columns in amounts.items() -%}
{% if not loop.first %}union all {% endif -%}
select
    '{{ form }}' as form,
    line.line_id,
    line.submission_id,
    line.unit,
    line.period,
    line.disposition,
    line.counts,
    amount.column_name,
    cast(amount.amount as decimal(20, 6)) as amount,
    amount.column_name = '{{ columns[0] }}' as is_headline
from (
    {{ unpivoted(ref('stg_landed__' ~ form), ['line_id'], columns, 'column_name', 'amount') }}
) as amount
inner join {{ ref('int_line_with_disposition') }} as line on line.line_id = amount.line_id
{% endfor %}
