-- What every first version adds to the figures of errors (indicators.md 35): the first of a slot that was not withdrawn, with
-- how much there was to go wrong; what names another unit is looked at only where nothing else came.
with

numbered as (
    select
        *,
        dense_rank() over (
            partition by unit, form, period, sub_unit order by case when is_misplaced then 1 else 0 end, version
        ) as place
    from {{ ref('stg_landed__submission') }}
    where is_placed and withdrawal is null
),

cells as (
    select submission_id, sum({{ how_many(keys_of('raw')) }}) as cells_read
    from {{ ref('int_line_with_disposition') }}
    group by submission_id
)

select
    cast(null as varchar) as line_id,
    submission.submission_id,
    submission.form,
    submission.period,
    submission.unit,
    false as is_held,
    submission.errors as error_rate,
    coalesce(cells.cells_read, 0) as error_rate__over,
    case when submission.verdict in ('rejected', 'unreadable') then 1 else 0 end as returned_share,
    1 as returned_share__over
from numbered as submission
left join cells on cells.submission_id = submission.submission_id
where submission.place = 1
