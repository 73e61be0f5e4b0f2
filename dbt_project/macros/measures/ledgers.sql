{#- Budget execution: indicators.md 4 (of the budget), 12 and 27. -#}
{% macro budget_measures() -%}
{{ return(sums_of(['budget_initial', 'budget_change', 'budget_adjusted', 'spent_month', 'spent_ytd']) + [
    {'indicator': 'execution_rate', 'add': 'line.spent_ytd', 'columns': 'spent_ytd',
     'over': 'line.budget_adjusted', 'over_columns': 'budget_adjusted'},
    {'indicator': 'execution_rate_initial', 'add': 'line.spent_ytd', 'columns': 'spent_ytd',
     'over': 'line.budget_initial', 'over_columns': 'budget_initial'},
    {'indicator': 'execution_gap_pp', 'add': 'line.spent_ytd', 'columns': 'spent_ytd',
     'over': 'line.budget_adjusted', 'over_columns': 'budget_adjusted'},
    {'indicator': 'december_share', 'add': 'case when period.last_month = 12 then line.spent_month end',
     'columns': 'spent_month', 'over': 'case when period.last_month = 12 then line.spent_ytd end',
     'over_columns': 'spent_ytd', 'is_choice': true},
]) }}
{%- endmacro %}

{#- Approvals: indicators.md 28 and 29; working days and calendar days are never mixed. -#}
{% macro approval_measures() -%}
{% set counted = 'case when line.is_counted_in_period then ' -%}
{% set days = 'accepted_date,decided_date,excluded_days' -%}
{{ return([
    {'indicator': 'cases_decided_or_overdue', 'add': counted ~ '1 end', 'columns': 'decided_date,accepted_date'},
    {'indicator': 'overdue_cases', 'add': 'case when line.is_counted_in_period and line.is_overdue then 1 end',
     'columns': days ~ ',promised_days'},
    {'indicator': 'overdue_rate', 'add': counted ~ one_if('line.is_overdue') ~ ' end', 'columns': days ~ ',promised_days',
     'over': counted ~ '1 end', 'over_columns': 'decided_date,accepted_date'},
    {'indicator': 'used_days_median', 'columns': days, 'is_choice': true,
     'add': 'case when line.is_counted_in_period and not line.in_calendar_days then line.used_days end'},
    {'indicator': 'used_days_max', 'columns': days, 'is_choice': true,
     'add': 'case when line.is_counted_in_period and not line.in_calendar_days then line.used_days end'},
    {'indicator': 'used_calendar_days_median', 'columns': days, 'is_choice': true,
     'add': 'case when line.is_counted_in_period and line.in_calendar_days then line.used_days end'},
    {'indicator': 'used_calendar_days_max', 'columns': days, 'is_choice': true,
     'add': 'case when line.is_counted_in_period and line.in_calendar_days then line.used_days end'},
] + used_of_promise('used_of_promise', 'not line.in_calendar_days', days) + used_of_promise('used_of_promise_calendar', 'line.in_calendar_days', days)) }}
{%- endmacro %}

{#- How much of what was promised was used, of cases whose days are of one kind and whose limit is known. -#}
{% macro used_of_promise(indicator, kind, days) -%}
{% set both = 'case when line.is_counted_in_period and ' ~ kind ~ ' and line.used_days is not null and line.limit_days is not null then ' -%}
{{ return([{'indicator': indicator, 'columns': days, 'add': both ~ 'line.used_days end', 'over': both ~ 'line.limit_days end',
            'over_columns': 'promised_days', 'is_choice': true}]) }}
{%- endmacro %}

{#- Problems found and mended: indicators.md 30 to 32. -#}
{% macro rectification_measures() -%}
{% set due = 'line.due_date between period.period_start and period.period_end' -%}
{% set measures = sums_of(['amount']) + [
    {'indicator': 'problems_closed', 'add': 'case when line.is_closed then 1 end', 'columns': 'closed_date,evidence'},
    {'indicator': 'closure_rate', 'add': one_if('line.is_closed'), 'columns': 'closed_date,evidence',
     'over': '1', 'over_columns': 'problem_no'},
    {'indicator': 'closure_rate_amount', 'add': 'case when line.amount is not null then case when line.is_closed then line.amount else 0 end end',
     'columns': 'closed_date,evidence,amount', 'over': 'line.amount', 'over_columns': 'amount'},
    {'indicator': 'closure_rate_due', 'add': 'case when ' ~ due ~ ' then ' ~ one_if('line.is_closed') ~ ' end',
     'columns': 'closed_date,evidence', 'over': 'case when ' ~ due ~ ' then 1 end', 'over_columns': 'due_date'},
    {'indicator': 'overdue_open', 'add': 'case when line.is_overdue_open then 1 end', 'columns': 'due_date,closed_date'},
    {'indicator': 'rebound_rate', 'add': 'case when line.is_rebound then 1 when line.is_closed then 0 end', 'columns': 'rebound',
     'over': 'case when line.is_closed then 1 end', 'over_columns': 'closed_date,evidence'},
    {'indicator': 'rebound_suspected', 'add': 'case when line.is_suspected_rebound then 1 end', 'columns': 'problem_text'},
] -%}
{% for bucket in ['10天内', '11-20天', '20天以上'] -%}
{% do measures.append({'indicator': 'open_due_in', 'basis': bucket, 'columns': 'due_date,closed_date',
                       'add': "case when line.due_bucket = '" ~ bucket ~ "' then 1 end"}) -%}
{% endfor -%}
{{ return(measures) }}
{%- endmacro %}

{#- Self-evaluated programmes, of units none of whose lines is held back. -#}
{% macro evaluation_measures() -%}
{{ return([
    {'indicator': 'self_score_total', 'add': 'line.self_score', 'columns': 'self_score', 'at': 'unit',
     'unless': 'line.place = 1 and line.self_score_total is null'},
    {'indicator': 'self_score_total', 'add': 'case when line.place = 1 then line.execution_score end', 'columns': 'execution_score',
     'at': 'unit'},
    {'indicator': 'weight_total', 'add': 'line.weight', 'columns': 'weight', 'at': 'unit',
     'unless': 'line.place = 1 and line.weight_total is null'},
    {'indicator': 'weight_total', 'add': 'case when line.place = 1 then line.execution_weight end', 'columns': 'execution_weight',
     'at': 'unit'},
    {'indicator': 'execution_rate', 'add': 'case when line.place = 1 then line.budget_executed end', 'columns': 'budget_executed',
     'over': 'case when line.place = 1 then line.budget_adjusted end', 'over_columns': 'budget_adjusted', 'at': 'unit'},
    {'indicator': 'budget_initial', 'add': 'case when line.place = 1 then line.budget_initial end', 'columns': 'budget_initial', 'at': 'unit'},
    {'indicator': 'budget_adjusted', 'add': 'case when line.place = 1 then line.budget_adjusted end', 'columns': 'budget_adjusted', 'at': 'unit'},
    {'indicator': 'budget_executed', 'add': 'case when line.place = 1 then line.budget_executed end', 'columns': 'budget_executed', 'at': 'unit'},
]) }}
{%- endmacro %}
