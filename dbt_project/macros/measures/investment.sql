{#- Investment attracted: indicators.md 8 to 12, 14 to 16, 18, 19, 23, 24. -#}
{% macro investment_measures() -%}
{% set signed = 'case when line.was_signed then ' -%}
{% set shown = "(setting.arrival_rate in ('contract', 'fixed') and line.is_signed)" -%}
{% set in_full = "coalesce(line.fixed_asset_amount, line.contracted_amount)" -%}
{% set measures = sums_of([
    'contracted_amount', 'fixed_asset_amount', 'arrived_month', 'arrived_ytd', 'arrived_since_signing',
    'arrived_ytd_out_of_province', 'arrived_ytd_foreign_usd', 'arrived_recognised', 'contracted_amount_credited',
    'arrived_month_credited', 'arrived_ytd_credited', 'arrived_recognised_credited',
    'arrived_ytd_out_of_province_credited', 'arrived_ytd_foreign_usd_credited',
]) -%}
{% set measures = measures + [
    {'indicator': 'arrival_rate', 'columns': 'arrived_since_signing',
     'add': 'case when ' ~ shown ~ ' then line.arrived_since_signing end',
     'over': "case when " ~ shown ~ " and setting.arrival_rate = 'fixed' then line.fixed_asset_amount when " ~ shown
             ~ " then line.contracted_amount end",
     'over_columns': 'contracted_amount,fixed_asset_amount,signed_date,stage'},
    {'indicator': 'recognition_rate', 'add': 'line.arrived_recognised', 'columns': 'arrived_recognised',
     'over': 'case when line.arrived_recognised is not null then line.arrived_ytd end', 'over_columns': 'arrived_ytd'},
    {'indicator': 'water_rate', 'add': 'line.arrived_ytd - line.arrived_recognised', 'columns': 'arrived_recognised,arrived_ytd',
     'over': 'case when line.arrived_recognised is not null then line.arrived_ytd end', 'over_columns': 'arrived_ytd'},
    {'indicator': 'projects_not_examined', 'columns': 'arrived_recognised',
     'add': 'case when line.arrived_recognised is null and line.arrived_ytd > 0 then 1 end'},
    {'indicator': 'projects_signed_in_year', 'add': 'case when line.is_signed_in_year then 1 end', 'columns': 'signed_date'},
    {'indicator': 'projects_in_production_in_year', 'add': 'case when line.is_in_production_in_year then 1 end',
     'columns': 'production_date'},
    {'indicator': 'projects_distinct', 'add': one_if('line.is_first_of_project'), 'columns': 'project_code,project_name',
     'at': 'county'},
    {'indicator': 'arrived_ytd_project_once', 'add': 'case when line.is_largest_of_project then line.arrived_ytd end',
     'columns': 'arrived_ytd', 'at': 'county'},
    {'indicator': 'quota_gap', 'basis': '签约', 'add': one_if('line.is_first_of_project and line.is_signed_in_year'),
     'columns': 'signed_date', 'at': 'county'},
    {'indicator': 'quota_gap', 'basis': '开工', 'add': one_if('line.is_first_of_project and line.is_started_in_year'),
     'columns': 'actual_start_date', 'at': 'county'},
    {'indicator': 'quota_gap', 'basis': '投产', 'add': one_if('line.is_first_of_project and line.is_in_production_in_year'),
     'columns': 'production_date', 'at': 'county'},
    {'indicator': 'december_share', 'add': 'case when period.last_month = 12 then line.arrived_month end',
     'columns': 'arrived_month', 'over': 'case when period.last_month = 12 then line.arrived_ytd end',
     'over_columns': 'arrived_ytd', 'is_choice': true},
    {'indicator': 'production_rate',
     'add': "case when setting.production_rate = 'investment' and line.is_started then " ~ one_if('line.is_in_production') ~ ' end',
     'columns': 'production_date',
     'over': "case when setting.production_rate = 'investment' and line.is_started then 1 end",
     'over_columns': 'actual_start_date'},
    {'indicator': 'signing_rate', 'add': 'case when line.is_negotiated then ' ~ one_if('line.signed_date <= line.period_end') ~ ' end',
     'columns': 'signed_date', 'over': 'case when line.is_negotiated then 1 end', 'over_columns': 'stage,signed_date'},
    {'indicator': 'signed_to_started_rate', 'add': signed ~ one_if('line.is_started') ~ ' end', 'columns': 'actual_start_date',
     'over': signed ~ '1 end', 'over_columns': 'signed_date,stage'},
    {'indicator': 'fulfilment_rate', 'columns': 'registered_date,arrived_since_signing,actual_start_date',
     'add': 'case when line.is_to_fulfil then ' ~ one_if('line.is_fulfilled') ~ ' end',
     'over': 'case when line.is_to_fulfil then 1 end', 'over_columns': 'signed_date,stage,is_continuing'},
    {'indicator': 'out_of_province_share', 'columns': 'arrived_ytd_out_of_province',
     'add': "case when setting.out_of_province_foreign = 'true'"
            ~ " then least(line.arrived_ytd, coalesce(line.arrived_ytd_out_of_province, 0) + coalesce(line.arrived_foreign_cny, 0))"
            ~ " else line.arrived_ytd_out_of_province end",
     'over': 'line.arrived_ytd', 'over_columns': 'arrived_ytd'},
    {'indicator': 'arrived_foreign_cny', 'add': 'line.arrived_foreign_cny', 'columns': 'arrived_ytd_foreign_usd',
     'unless': 'line.arrived_ytd_foreign_usd is not null and line.arrived_foreign_cny is null'},
    {'indicator': 'investment_per_mu', 'columns': 'fixed_asset_amount,contracted_amount',
     'add': 'case when line.land_area_mu > 0 then ' ~ in_full ~ ' end',
     'over': 'case when line.land_area_mu > 0 and ' ~ in_full ~ ' is not null then line.land_area_mu end',
     'over_columns': 'land_area_mu'},
] -%}
{#- Rates and counts that a shared project would enter more than once at the county (section 0 rule 10). -#}
{% set once = ['projects_signed_in_year', 'projects_in_production_in_year', 'production_rate', 'signing_rate', 'signed_to_started_rate',
               'fulfilment_rate', 'investment_per_mu'] -%}
{% set made = [] -%}
{% for measure in measures -%}
{% if measure.indicator in once -%}
{% do made.append(dict(measure, at='unit')) -%}
{% do made.append(dict(measure, at='county', add='case when line.is_first_of_project then ' ~ measure.add ~ ' end')) -%}
{% if measure.over %}{% do made[-1].update(over='case when line.is_first_of_project then ' ~ measure.over ~ ' end') %}{% endif -%}
{% else -%}
{% do made.append(measure) -%}
{% endif -%}
{% endfor -%}
{{ return(made) }}
{%- endmacro %}
