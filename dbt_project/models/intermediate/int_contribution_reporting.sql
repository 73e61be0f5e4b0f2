-- Discipline of reporting: in time, complete, right (indicators.md 33 to 35). What is not yet due is not yet owed.
with

slot as (
    select * from {{ ref('int_slot_with_status') }} where is_owed and status not in ('owed', 'withdrawn')
),

-- Cells that had to be filled, and those that were, of the version that counts; also where only some lines must.
required as (
    select form, {{ array_of('column_name') }} as columns from {{ ref('stg_standards__required_column') }} group by form
),

-- A blank with a reason that was accepted counts as filled.
excused as (
    select line_id, {{ array_of('column_name') }} as columns from {{ ref('stg_landed__issue') }}
    where state in ('explained', 'waived') and line_id is not null and coalesce(value_sent, '') = '' and column_name is not null
    group by line_id
),

filled as (
    select
        line.form, line.period, line.unit, line.line_id, line.submission_id,
        {{ how_many('required.columns') }} + case when extra.column_name is not null then 1 else 0 end as cells_required,
        {{ how_many(in_common(keys_of('line.raw'), 'required.columns')) }}
            + coalesce({{ how_many(in_common('excused.columns', 'required.columns')) }}, 0)
            + case when extra.is_filled or {{ how_many(in_common('excused.columns', listed('extra.column_name'))) }} > 0 then 1 else 0 end as cells_filled
    from {{ ref('int_line_with_disposition') }} as line
    inner join required on required.form = line.form
    left join {{ ref('int_required_when') }} as extra on extra.line_id = line.line_id
    left join excused on excused.line_id = line.line_id
    where line.counts
),

-- The first version of a slot that was not withdrawn, with how much there was to go wrong; what names another unit is
-- looked at only where nothing else came.
numbered as (
    select *, dense_rank() over (partition by unit, form, period, sub_unit order by case when is_misplaced then 1 else 0 end, version) as place
    from {{ ref('stg_landed__submission') }}
    where is_placed and withdrawal is null
),

first_sent as (
    select
        submission.form, submission.period, submission.unit, submission.submission_id, submission.errors,
        submission.verdict in ('rejected', 'unreadable') as is_returned,
        coalesce(sum({{ how_many(keys_of('line.raw')) }}), 0) as cells_read
    from numbered as submission
    left join {{ ref('int_line_with_disposition') }} as line on line.submission_id = submission.submission_id
    where submission.place = 1
    group by
        submission.form, submission.period, submission.unit, submission.submission_id, submission.errors,
        submission.verdict
)

{% for measure, role, amount in [
    ('slots_expected', 'numerator', '1'),
    ('slots_received', 'numerator', one_if('is_received')),
    ('slots_on_time', 'numerator', one_if("status = 'on_time'")),
    ('timeliness_rate', 'numerator', one_if("status = 'on_time'")),
    ('timeliness_rate', 'denominator', '1'),
] -%}
select
    form, period, unit, 'both' as counts_at, '{{ measure }}' as indicator, '' as basis, '{{ role }}' as role, '' as columns,
    cast({{ amount }} as decimal(20, 6)) as contribution, cast(null as {{ dbt.type_string() }}) as line_id, submission_id, slot_id
from slot
union all
{% endfor -%}
{% for measure, role, amount in [
    ('error_rate', 'numerator', 'errors'), ('error_rate', 'denominator', 'cells_read'),
    ('returned_share', 'numerator', one_if('is_returned')), ('returned_share', 'denominator', '1'),
] -%}
select
    form, period, unit, 'both' as counts_at, '{{ measure }}' as indicator, '' as basis, '{{ role }}' as role, '' as columns,
    cast({{ amount }} as decimal(20, 6)) as contribution, cast(null as {{ dbt.type_string() }}) as line_id, submission_id,
    cast(null as {{ dbt.type_string() }}) as slot_id
from first_sent
union all
{% endfor -%}
{% for role, amount in {'numerator': 'cells_filled', 'denominator': 'cells_required'}.items() -%}
{% if not loop.first %}union all {% endif -%}
select
    form, period, unit, 'both' as counts_at, 'completeness_rate' as indicator, '' as basis, '{{ role }}' as role, '' as columns,
    cast({{ amount }} as decimal(20, 6)) as contribution, line_id, submission_id, cast(null as {{ dbt.type_string() }}) as slot_id
from filled
{% endfor %}
