-- The cell that a line must fill because of what stands in its other cells (its form.yaml), and whether it does.
{% for form, column, condition in [
    ('key_project_monthly', 'actual_start_date', "line.started = '是'"),
    ('investment_monthly', 'signed_date', "line.stage in ('签约', '落地', '开工', '投产')"),
    ('performance_self_evaluation', 'deviation_reason', 'line.self_score < line.weight'),
    ('approval_case', 'overdue_reason', 'timed.is_overdue'),
    ('rectification', 'evidence', 'line.closed_date is not null'),
] -%}
{% if not loop.first %}union all {% endif -%}
select line.line_id, '{{ column }}' as column_name, {{ as_sent('line', column) }} is not null as is_filled
from {{ ref('stg_landed__' ~ form) }} as line
inner join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = line.submission_id
{% if form == 'approval_case' -%}
inner join {{ ref('int_approval_line') }} as timed on timed.line_id = line.line_id
{% endif -%}
where submission.counts and {{ condition }}
{% endfor %}
