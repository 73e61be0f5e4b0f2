{#- Share of the year that has passed on a day, %, that of the period's end once the period is over (indicators.md 3). -#}
{% macro time_progress_on(day) -%}
case
    when {{ day }} >= period_end or {{ day }} < period_start then {{ percent('last_month', '12') }}
    when setting.mid_month = 'half' then {{ percent('2 * extract(month from ' ~ day ~ ') - 1', '24') }}
    else {{ percent(
        '(extract(month from ' ~ day ~ ') - 1) * extract(day from ' ~ dbt.last_day(day, 'month') ~ ') + extract(day from ' ~ day ~ ')',
        '12 * extract(day from ' ~ dbt.last_day(day, 'month') ~ ')'
    ) }}
end
{%- endmacro %}
