-- Every line of every readable submission, whatever became of it, in one shape.
{{ config(meta={'by_period': true}) }}
{% for form in every_form() -%}
{% if not loop.first %}union all {% endif -%}
select
    '{{ form }}' as form,
    line.line_id,
    line.submission_id,
    submission.file,
    submission.file_sha256,
    line.sheet,
    line.row_no,
    line.unit,
    line.period,
    line.business_key,
    line.quality_status,
    submission.verdict,
    submission.counts,
    case
        when submission.counts and line.quality_status <> 'quarantined' then 'published'
        when submission.counts or submission.verdict = 'rejected' or not submission.is_placed then 'quarantined'
        else 'superseded'
    end as disposition,
    line.raw,
    line.cells
from {{ ref('stg_landed__' ~ form) }} as line
inner join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = line.submission_id
{% endfor %}
