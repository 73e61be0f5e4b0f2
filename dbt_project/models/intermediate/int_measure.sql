-- The figures that every unit in scope has, 0 or blank where no line adds to them.
{{ declared('key_project_monthly', key_project_measures()) }}
union
{{ declared('investment_monthly', investment_measures()) }}
union
{{ declared('budget_execution_monthly', budget_measures()) }}
union
{{ declared('approval_case', approval_measures()) }}
union
{{ declared('rectification', rectification_measures()) }}
union
{{ declared('performance_self_evaluation', evaluation_measures()) }}
union
select 'investment_monthly' as form, 'projects' as indicator, stage as basis, 'both' as counts_at from {{ ref('investment_stage') }}
union
select 'investment_monthly' as form, 'success_rate' as indicator, '' as basis, 'both' as counts_at
{% for form in ['key_project_monthly', 'investment_monthly'] -%}
{% for measure in ['projects_size', 'amount_size'] %}
union
select '{{ form }}' as form, '{{ measure }}_from' as indicator, size_band as basis, 'both' as counts_at
from {{ ref('int_size_cut') }} where cut_from > 0
union
select '{{ form }}' as form, '{{ measure }}_band' as indicator, band_name as basis, 'both' as counts_at from {{ ref('int_size_cut') }}
{% endfor -%}
{% endfor %}
union
select basis.form, growth.indicator, basis.indicator as basis, 'both' as counts_at
from {{ ref('growth_basis') }} as basis
cross join {{ ref('indicator') }} as growth
where growth.kind in ('growth', 'difference', 'root') and growth.indicator not like '%\_first' escape '\'
{% for form in var('forms') -%}
{% for measure in ['rows_received', 'rows_quarantined', 'rows_counted'] %}
union
select '{{ form }}' as form, '{{ measure }}' as indicator, '' as basis, 'both' as counts_at
{% endfor -%}
{% endfor %}
