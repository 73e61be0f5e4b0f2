-- Parameters of the county that the marts need, one row, defaults where the site is silent.
select
    coalesce(max(case when setting.key = 'grace_days' then cast(setting.value as integer) end), 0) as grace_days,
    {% for key, default in var('settings').items() -%}
    coalesce(max(case when setting.key = '{{ key }}' then nullif(lower(setting.value), '') end), '{{ default }}') as {{ key }},
    {% endfor -%}
    max(night.as_of) as as_of
from {{ source('landed', 'night') }} as night
left join {{ source('landed', 'setting') }} as setting
    on setting.key in ('grace_days', '{{ var('settings') | join("', '") }}')
