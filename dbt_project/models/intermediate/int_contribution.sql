-- What every line and slot adds to every figure, in one shape; figures are sums of these rows and nothing else. A row is
-- estimated where one of the cells it is read from holds a number in vague words (F04; indicators.md section 0 rule 8).
with

part as (
    {% for part in ['rows', 'key_project', 'start', 'investment', 'stage', 'size', 'arrival', 'budget', 'promotion', 'approval',
                    'rectification', 'evaluation', 'growth', 'restated', 'target', 'reporting'] -%}
    {% if not loop.first %}union all {% endif -%}
    select
        form, period, unit, counts_at, indicator, basis, role, columns, contribution, line_id, submission_id,
        {{ 'slot_id' if part == 'reporting' else 'cast(null as varchar) as slot_id' }},
        {{ 'uom' if part == 'target' else 'cast(null as varchar) as uom' }}
    from {{ ref('int_contribution_' ~ part) }}
    {% endfor %}
),

-- As many rows as lines, each with its columns between commas, as `columns` of a part is searched.
vague as (
    select line_id, {{ array_of('column_name') }} as columns from {{ ref('stg_landed__issue') }}
    where rule = 'F04' and line_id is not null and column_name is not null
    group by line_id
)

select
    part.*,
    coalesce({{ how_many(in_common('vague.columns', listed('part.columns'))) }} > 0, false) as is_estimated
from part
left join vague on vague.line_id = part.line_id
