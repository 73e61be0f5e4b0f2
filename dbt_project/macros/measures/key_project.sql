{#- Key projects: indicators.md 1, 2, 4 to 8, 12. -#}
{% macro key_project_measures() -%}
{% set base = 'case when line.is_start_base then 1 end' -%}
{% set base_columns = 'level,stage,planned_start_date,construction_nature' -%}
{% set measures = [] -%}
{% for column in ['total_investment', 'annual_plan', 'completed_month', 'completed_ytd', 'completed_since_start'] -%}
{% do measures.append({'indicator': column, 'add': credited('line.' ~ column), 'columns': column}) -%}
{% endfor -%}
{{ return(measures + [
    {'indicator': 'completion_rate', 'add': credited('line.completed_ytd'), 'columns': 'completed_ytd',
     'over': credited('line.annual_plan'), 'over_columns': 'annual_plan'},
    {'indicator': 'schedule_gap_pp', 'add': credited('line.completed_ytd'), 'columns': 'completed_ytd',
     'over': credited('line.annual_plan'), 'over_columns': 'annual_plan'},
    {'indicator': 'total_completion_rate', 'add': credited('line.completed_since_start'), 'columns': 'completed_since_start',
     'over': credited('line.total_investment'), 'over_columns': 'total_investment'},
    {'indicator': 'projects_listed', 'add': 'case when line.is_listed then 1 end', 'columns': 'level,stage'},
    {'indicator': 'projects_started', 'add': "case when line.is_listed and line.started = '是' then 1 end",
     'columns': 'started,level,stage'},
    {'indicator': 'projects_started_in_year', 'add': 'case when line.is_started_in_year and line.share_pct > 0 then 1 end',
     'columns': 'actual_start_date'},
    {'indicator': 'start_rate_reported', 'add': "case when line.is_start_base then " ~ one_if("line.started = '是'") ~ " end",
     'columns': 'started', 'over': base, 'over_columns': base_columns},
    {'indicator': 'start_rate_verified',
     'add': "case when line.is_start_base then " ~ one_if("line.started = '是' and line.has_start_evidence") ~ " end",
     'columns': 'started,actual_start_date', 'over': base, 'over_columns': base_columns},
    {'indicator': 'start_rate_gap_pp',
     'add': "case when line.is_start_base then " ~ one_if("line.started = '是' and not line.has_start_evidence") ~ " end",
     'columns': 'started,actual_start_date', 'over': base, 'over_columns': base_columns},
    {'indicator': 'finish_rate', 'add': 'case when line.is_finished_in_year then 1 when line.is_due_to_finish then 0 end',
     'columns': 'actual_finish_date', 'over': 'case when line.is_due_to_finish then 1 end',
     'over_columns': 'planned_finish_date'},
    {'indicator': 'production_rate',
     'add': "case when setting.production_rate = 'key_project' and line.stage in ('竣工', '投产', '达效') then "
            ~ one_if("line.stage in ('投产', '达效')") ~ " end",
     'columns': 'stage',
     'over': "case when setting.production_rate = 'key_project' and line.stage in ('竣工', '投产', '达效') then 1 end",
     'over_columns': 'stage', 'is_choice': true},
    {'indicator': 'december_share', 'add': 'case when period.last_month = 12 then ' ~ credited('line.completed_month') ~ ' end',
     'columns': 'completed_month', 'over': 'case when period.last_month = 12 then ' ~ credited('line.completed_ytd') ~ ' end',
     'over_columns': 'completed_ytd', 'is_choice': true},
]) }}
{%- endmacro %}
