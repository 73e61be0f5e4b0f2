-- Nobody's days and everybody's: a semantic layer lays figures out along them.
with number as (
    {{ dbt.generate_series(10000) }}
)

select cast({{ dbt.dateadd('day', 'generated_number - 1', "cast('2020-01-01' as date)") }} as date) as calendar_day
from number
