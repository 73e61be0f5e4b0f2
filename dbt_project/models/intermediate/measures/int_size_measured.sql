-- Projects by size: from each cut upwards, and in bands that add up to all (indicators.md 22); one row per project and cut
-- that it reaches. A project that several units share is one project of the county.
{{ config(meta={'by_period': true}) }}
with reached as (
    select
        project.*,
        cut.cut_from,
        cut.size_band as reached_band,
        cut.band_name,
        cut.cut_below is null or project.amount < cut.cut_below as is_in_band
    from {{ ref('int_sized_project') }} as project
    inner join {{ ref('int_size_cut') }} as cut on project.amount >= cut.cut_from
)

select
    line_id, submission_id, form, period, unit, is_held, is_first_of_project, share_pct,
    reached_band as basis,
    1 as projects_size_from,
    amount as amount_size_from,
    null as projects_size_band,
    null as amount_size_band
from reached
where cut_from > 0

union all

select
    line_id, submission_id, form, period, unit, is_held, is_first_of_project, share_pct,
    band_name as basis,
    null as projects_size_from,
    null as amount_size_from,
    1 as projects_size_band,
    amount as amount_size_band
from reached
where is_in_band

union all

-- Who tells no amount stands in no band, and the bands add up to all projects all the same.
select
    line_id, submission_id, form, period, unit, is_held, is_first_of_project, share_pct,
    '未注明' as basis,
    null as projects_size_from,
    null as amount_size_from,
    1 as projects_size_band,
    null as amount_size_band
from {{ ref('int_sized_project') }}
where size_band is null
