-- The figures that every unit in scope has, 0 or blank where no line adds to them.
select form, indicator, coalesce(basis, '') as basis, case when counts_at like 'both%' then 'both' else counts_at end as counts_at
from {{ ref('measure_column') }}
where not is_choice and form <> '*'

{% for form in every_form() %}
union
select '{{ form }}' as form, indicator, '' as basis, counts_at from {{ ref('measure_column') }} where not is_choice and form = '*'
{% endfor %}

union
select 'investment_monthly' as form, 'projects' as indicator, stage as basis, 'both' as counts_at from {{ ref('investment_stage') }}

union
select size.form, size.indicator, cut.size_band as basis, 'both' as counts_at
from {{ ref('measure_column') }} as size
inner join {{ ref('int_size_cut') }} as cut on cut.cut_from > 0
where size.indicator in ('projects_size_from', 'amount_size_from')

union
select size.form, size.indicator, cut.band_name as basis, 'both' as counts_at
from {{ ref('measure_column') }} as size
cross join {{ ref('int_size_cut') }} as cut
where size.indicator in ('projects_size_band', 'amount_size_band')

union
select basis.form, growth.indicator, basis.indicator as basis, 'both' as counts_at
from {{ ref('growth_basis') }} as basis
cross join {{ ref('indicator') }} as growth
where growth.kind in ('growth', 'difference', 'root') and growth.indicator not like '%\_first' escape '\'
