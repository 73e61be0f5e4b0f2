{#- Every form of expectations/, by name; where a site's own are merged with these, they stand here too (etl.forms.models). -#}
{%- macro every_form() -%}
{{ return([
    'annual_target',
    'approval_case',
    'budget_execution_monthly',
    'ex_ante_evaluation',
    'investment_monthly',
    'key_project_monthly',
    'landed_result',
    'performance_self_evaluation',
    'project_funding',
    'project_milestone',
    'project_problem',
    'rectification',
    'site_visit',
]) }}
{%- endmacro -%}
