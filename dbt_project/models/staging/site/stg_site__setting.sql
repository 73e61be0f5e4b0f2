-- Parameters of the county that the marts need, one row, defaults where the site is silent. A number may be followed by a
-- blank and a remark.
{% set first_word = dbt.split_part('setting.value', "' '", 1) -%}
select
    coalesce(max(case when setting.key = 'grace_days' then cast({{ first_word }} as integer) end), 0) as grace_days,
    {% for key, default in var('settings').items() -%}
    {% set given = first_word if default.isdigit() else 'lower(setting.value)' -%}
    coalesce(max(case when setting.key = '{{ key }}' then nullif({{ given }}, '') end), '{{ default }}') as {{ key }},
    {% endfor -%}
    max(night.as_of) as as_of
from {{ source('landed', 'night') }} as night
left join {{ source('site', 'setting') }} as setting
    on setting.key in ('grace_days', '{{ var('settings') | join("', '") }}')
