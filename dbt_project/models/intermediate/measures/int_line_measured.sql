-- What every line of a submission that counts adds to the figures of all forms alike: lines received, held back and counted,
-- and the cells that had to be filled (indicators.md 34); also where only some lines must fill one.
with

required as (
    select form, array_agg(column_name order by column_name) as columns from {{ ref('stg_standards__required_column') }} group by form
),

-- A blank with a reason that was accepted counts as filled.
excused as (
    select line_id, array_agg(column_name order by column_name) as columns from {{ ref('stg_landed__issue') }}
    where state in ('explained', 'waived') and line_id is not null and coalesce(value_sent, '') = '' and column_name is not null
    group by line_id
)

select
    line.line_id,
    line.submission_id,
    line.form,
    line.period,
    line.unit,
    way.is_held,
    1 as rows_received,
    case when line.disposition = 'quarantined' and not way.is_held then 1 end as rows_quarantined,
    case when line.disposition = 'published' or way.is_held then 1 end as rows_counted,
    -- A form that requires nothing is neither complete nor incomplete.
    case when required.form is not null then
        {{ how_many(in_common(keys_of('line.raw'), 'required.columns')) }}
        + coalesce({{ how_many(in_common('excused.columns', 'required.columns')) }}, 0)
        + case when extra.is_filled or extra.column_name = any(excused.columns) then 1 else 0 end
    end as completeness_rate,
    {{ how_many('required.columns') }} + case when extra.column_name is not null then 1 else 0 end as completeness_rate__over
from {{ ref('int_line_with_disposition') }} as line
left join required on required.form = line.form
left join {{ ref('int_required_when') }} as extra on extra.line_id = line.line_id
left join excused on excused.line_id = line.line_id
-- As it is, and what is held back once more as if it counted.
cross join (values (false), (true)) as way (is_held)
where line.counts and (not way.is_held or line.disposition = 'quarantined')
