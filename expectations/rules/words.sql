{# The words that rules are written in. `l` is always the line under test.

   A rule reads {{ lines }} and {{ submissions }}, and the registers beside them in {{ here }}. One that compares
   (decided_by: context) also reads {{ history }}: the lines in force that their own rules do not hold back,
   {{ believed }}: of these the ones that the comparison with earlier months does not hold back either, and
   {{ versions }}: every version that was not refused. There each text c has c_norm, its folded form, and each name of a
   unit c_code, the unit's code. A figure is measured against believed ones only: yesterday's error is no yardstick.

   A figure stands for the interval low..high of what was printed; a date for its first..last day.
   A rule fires only where intervals are apart (judging.md, section 1); a NULL end is open. #}

{% macro lo(x) %}l.{{ x }}_low{% endmacro %}
{% macro hi(x) %}l.{{ x }}_high{% endmacro %}
{% macro first_day(x) %}l.{{ x }}_low{% endmacro %}
{% macro last_day(x) %}l.{{ x }}{% endmacro %}
{% macro apart(a_low, a_high, b_low, b_high) %}(({{ a_high }}) < ({{ b_low }}) OR ({{ a_low }}) > ({{ b_high }})){% endmacro %}
{% macro differs(a, b) %}{{ apart(lo(a), hi(a), lo(b), hi(b)) }}{% endmacro %}

{# differs(factor * rate, 100 * part / whole) without a division: rounding can not decide. Needs whole > 0. #}
{% macro rate_differs(rate, part, whole, factor=1) %}
({{ factor }} * {{ hi(rate) }} * {{ lo(whole) }} < 100 * {{ lo(part) }} AND {{ factor }} * {{ hi(rate) }} * {{ hi(whole) }} < 100 * {{ lo(part) }}
 OR {{ factor }} * {{ lo(rate) }} * {{ lo(whole) }} > 100 * {{ hi(part) }} AND {{ factor }} * {{ lo(rate) }} * {{ hi(whole) }} > 100 * {{ hi(part) }})
{% endmacro %}

{# The rate a form reports, and the two figures it should follow from (indicators.md 1, 27). #}
{% macro rate_of(form) %}{{ 'completion_rate_reported' if form.form == 'key_project_monthly' else 'execution_rate_reported' }}{% endmacro %}
{% macro part_of(form) %}{{ {'key_project_monthly': 'completed_ytd', 'performance_self_evaluation': 'budget_executed'}.get(form.form, 'spent_ytd') }}{% endmacro %}
{% macro whole_of(form) %}{{ 'annual_plan' if form.form == 'key_project_monthly' else 'budget_adjusted' }}{% endmacro %}

{# Nothing was sent: a value that was sent but could not be read has its own finding and is not missing. #}
{% macro missing(x) %}
(l.{{ x }} IS NULL AND NOT EXISTS (
    SELECT 1 FROM {{ here }}.finding f WHERE f.line_id = l.line_id AND f.column_name = '{{ x }}'))
{% endmacro %}
{% macro sent(x) %}json_extract_string(l.raw, '{{ x }}'){% endmacro %}
{% macro in_sheet(x) %}json_extract_string(l.cells, '{{ x }}') IS NOT NULL{% endmacro %}

{# For people: no trailing zeros, months where the day was not told. #}
{% macro num(x) %}regexp_replace(CAST(CAST({{ x }} AS DECIMAL(38,6)) AS VARCHAR), '\.?0+$', ''){% endmacro %}
{% macro money(x) %}{{ num(x) }} || '万元'{% endmacro %}
{% macro day(x) %}strftime({{ x }}, '%Y-%m-%d'){% endmacro %}

{# How many times too large or too small a figure is whose unit slipped: 的一万倍, 的一百分之一. #}
{% macro tens(ratio) %}CASE WHEN {{ ratio }} > 2000 THEN '一万' WHEN {{ ratio }} > 300 THEN '一千' ELSE '一百' END{% endmacro %}
{% macro times(x, y) %}
'的' || {{ tens('greatest(' ~ x ~ ', ' ~ y ~ ') / least(' ~ x ~ ', ' ~ y ~ ')') }} || CASE WHEN {{ x }} > {{ y }} THEN '倍' ELSE '分之一' END
{% endmacro %}

{# Lists of parameters as SQL: ('a', 'b') and, for a regular expression, a|b. #}
{% macro quoted(text) %}'{{ text | replace("'", "''") }}'{% endmacro %}
{% macro listed(texts) %}({% for t in texts %}{{ quoted(t) }}{{ ', ' if not loop.last }}{% endfor %}){% endmacro %}
{% macro any_of(texts) %}'({% for t in texts %}{{ t | replace("'", "''") }}{{ '|' if not loop.last }}{% endfor %})'{% endmacro %}

{# Half-up to two decimals (indicators.md, section 4). #}
{% macro round2(x) %}CAST(floor(({{ x }}) * 100 + 0.5 + 1e-9) / 100 AS DECIMAL(20,6)){% endmacro %}

{# Days used after acceptance: working days by the site's calendar, calendar days where the cell says 自然日
   (indicators.md 28). The day of acceptance does not count. NULL where the year's calendar is not known. #}
{% macro used_days(from_day, to_day) %}
(CASE WHEN regexp_matches(coalesce({{ sent('promised_days') }}, ''), '自然|日历') THEN date_diff('day', {{ from_day }}, {{ to_day }})
      ELSE (SELECT b.counted - a.counted FROM {{ here }}.workday a JOIN {{ here }}.workday b USING (stretch)
            WHERE a.day = {{ from_day }} AND b.day = {{ to_day }}) END - coalesce(l.excluded_days, 0))
{% endmacro %}

{# The year inside the brackets of a document number, of whatever kind the brackets are. #}
{% macro year_in(x) %}TRY_CAST(regexp_extract(l.{{ x }}, '[〔【\[(（「『<＜]((?:19|20)\d\d)[〕】\])）」』>＞]', 1) AS INTEGER){% endmacro %}

{# The figures of one month, of the year so far, and since the beginning, of the form at hand. #}
{% set month_figure = {'key_project_monthly': 'completed_month', 'investment_monthly': 'arrived_month',
                       'budget_execution_monthly': 'spent_month'}.get(form.form) %}
{% set year_figure = {'key_project_monthly': 'completed_ytd', 'investment_monthly': 'arrived_ytd',
                      'budget_execution_monthly': 'spent_ytd'}.get(form.form) %}
{% set whole_figure = {'key_project_monthly': 'total_investment', 'investment_monthly': 'contracted_amount',
                       'budget_execution_monthly': 'budget_initial'}.get(form.form) %}

{# prev of judging.md, section 1: the same record of the same unit one month earlier, `of` the line named. #}
{% macro month_before(end) %}strftime(date_trunc('month', {{ end }}) - INTERVAL 1 DAY, '%Y-%m'){% endmacro %}
{% macro earlier(p, of='l', among=history) %}
{{ among }}.{{ form.form }} {{ p }} ON {{ p }}.unit = {{ of }}.unit AND {{ p }}.business_key = {{ of }}.business_key
    AND {{ p }}.period = {{ month_before(of ~ '.period_end') }}
{% endmacro %}

{# What was last believed of figure x of the same record, in whatever month before: x, x_low, x_high, period. #}
{% macro last_believed(p, x, within_year=false, positive=false) %}
{% set known = 'y.' ~ x ~ ('_positive' if positive else '') %}
(SELECT y.of_line, {{ known }}.value AS {{ x }}, {{ known }}.low AS {{ x }}_low, {{ known }}.high AS {{ x }}_high, {{ known }}.period AS period
 FROM {{ yardstick }}.{{ form.form }} y {% if within_year %}JOIN {{ lines }} l ON l.line_id = y.of_line {% endif %}

 WHERE {{ known }} IS NOT NULL {{ "AND left(" ~ known ~ ".period, 4) = left(l.period, 4)" if within_year }}
) {{ p }} ON {{ p }}.of_line = l.line_id
{% endmacro %}

{# Names the month that a figure was believed in, where that is not the month before. #}
{% macro dated(p) %}CASE WHEN {{ p }}.period = {{ month_before('l.period_end') }} THEN '' ELSE '（' || {{ p }}.period || '）' END{% endmacro %}

{# Every figure of a line is that of the month before (P05). #}
{% macro copied(a, b) %}
{% set same = {'key_project_monthly': ['total_investment', 'annual_plan', 'completed_month', 'completed_ytd', 'completed_since_start'],
               'investment_monthly': ['contracted_amount', 'arrived_month', 'arrived_ytd'],
               'budget_execution_monthly': ['budget_adjusted', 'spent_month', 'spent_ytd']}[form.form] %}
{% for x in same %}{{ a }}.{{ x }} = {{ b }}.{{ x }} AND {% endfor %}
{% if form.form == 'key_project_monthly' %}
{{ a }}.stage IN ('开工', '在建') AND ({{ a }}.completed_month > 0 OR {{ a }}.progress_text_norm = {{ b }}.progress_text_norm)
{% elif form.form == 'investment_monthly' %}
{{ a }}.stage IN ('签约', '落地', '开工') AND {{ a }}.arrived_month > 0
{% else %}
{{ a }}.spent_month > 0
{% endif %}
{% endmacro %}

{# The place of a stage in cfg.stage_order; NULL for 停工 and 终止, which stand outside. #}
{% macro place(x) %}list_position([{% for stage in cfg.stage_order %}{{ quoted(stage) }}{{ ', ' if not loop.last }}{% endfor %}], {{ x }}){% endmacro %}

{# A target in 万元 (or 万美元, or items), whatever unit it is written in. #}
{% macro in_common_unit(t) %}({{ t }}.target_value * CASE {{ t }}.target_unit WHEN '亿元' THEN 10000 ELSE 1 END){% endmacro %}

{# Two lines of investment_monthly are one project, of which each may have a share (P18). #}
{% macro one_project(a, b) %}
(coalesce({{ a }}.project_code = {{ b }}.project_code, false)
 OR coalesce({{ a }}.investor_uscc = {{ b }}.investor_uscc AND {{ a }}.project_name_norm = {{ b }}.project_name_norm, false))
{% endmacro %}

{# Two folded names that differ only in their phase or in a capacity are two projects. #}
{% macro other_phase(a, b) %}
{% set counted = "'[一二三四五六七八九十0-9]+期|[0-9]+(万|亿)?(吨|千瓦|mw|kv|kw|亩|台|套|件|头|平方米)?'" %}
({{ a }} <> {{ b }} AND regexp_replace({{ a }}, {{ counted }}, '', 'g') = regexp_replace({{ b }}, {{ counted }}, '', 'g'))
{% endmacro %}
