-- The bands by size that figures are counted in, each from its cut (in 万元) up to the next; 以上 includes the boundary.
with cut as (
    select cast(member as decimal(20, 6)) as cut_from
    from (
        {{ split(ref('stg_site__setting'), 'size_cuts') }}
    ) as listed
    union all
    select cast(0 as decimal(20, 6)) as cut_from
),

named as (
    select
        cut_from,
        case
            when cut_from = 0 then '其余'
            when cut_from = 10000 then '亿元以上'
            when cut_from % 10000 = 0 then cast(cast(cut_from / 10000 as integer) as varchar) || '亿元以上'
            else cast(cast(cut_from as integer) as varchar) || '万元以上'
        end as size_band
    from cut
)

select
    cut_from,
    lead(cut_from) over (order by cut_from) as cut_below,
    size_band,
    size_band || case when cut_from > 0 and lead(cut_from) over (order by cut_from) is not null
        then '至下一档' else '' end as band_name
from named
