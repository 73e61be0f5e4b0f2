with

published as (
    {{ published_columns() }}
)

select
    published.mart,
    published.column_name,
    word.code,
    word.label,
    word.label_en,
    cast(word.place as integer) as place
from published
inner join {{ ref('stg_standards__label') }} as word
    on
        word.mart in ('*', published.mart)
        and (
            word.column_name = published.column_name
            or (word.column_name = '*_precision' and published.column_name like '%!_precision' escape '!')
        )
