-- Every target that was ever accepted: those in force, and earlier ones that a later workbook no longer names.
with

earlier as (
    select
        line.*,
        submission.file,
        row_number() over (
            partition by line.department, line.indicator, line.year, line.document_no, line.issued_date
            order by submission.version desc nulls last, line.line_id
        ) as place
    from {{ ref('stg_landed__annual_target') }} as line
    inner join {{ ref('stg_landed__submission') }} as submission on submission.submission_id = line.submission_id
    where
        not submission.counts
        and submission.is_placed
        and not submission.is_echo
        and submission.withdrawal is null
        and submission.verdict not in ('rejected', 'unreadable')
        and line.quality_status <> 'quarantined'
),

gone as (
    select * from earlier
    where
        place = 1
        and not exists (
            select 1 from {{ ref('int_annual_target_counted') }} as now
            where
                now.unit = earlier.unit and now.department = earlier.department and now.indicator = earlier.indicator
                and now.year = earlier.year and now.issued_date = earlier.issued_date
                and coalesce(now.document_no, '') = coalesce(earlier.document_no, '')
        )
        and exists (
            select 1 from {{ ref('int_annual_target_counted') }} as now
            where
                now.unit = earlier.unit and now.department = earlier.department and now.indicator = earlier.indicator
                and now.year = earlier.year and now.issued_date >= earlier.issued_date
        )
)

{% for relation, in_force in [(ref('int_annual_target_counted'), 'true'), ('gone', 'false')] -%}
{% if not loop.first %}union all {% endif -%}
select
    department, indicator, year, document_no, target_value, target_unit, stretch_value, issued_date, issued_date_precision,
    supersedes, unit, period, quality_status, line_id, submission_id, file, sheet, row_no, cells, {{ in_force }} as is_in_force
from {{ relation }}
{% endfor %}
