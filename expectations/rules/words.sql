{# The words that rules are written in. `l` is always the line under test.

   A rule reads {{ lines }} and {{ submissions }}, and the registers beside them in {{ here }}. One that compares
   (decided_by: context) also reads {{ history }}: the lines in force that their own rules do not hold back,
   {{ believed }}: of these the ones that the comparison with earlier months does not hold back either, and
   {{ versions }}: every version that was not refused. There each text c has c_norm, its folded form, and each name of a
   unit c_code, the unit's code. A figure is measured against believed ones only: yesterday's error is no yardstick.

   A figure stands for the interval low..high of what was printed; a date for its first..last day.
   A rule fires only where intervals are apart (judging.md, section 1); a NULL end is open. #}

{# ==== Intervals ==== #}

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

{# ==== What was sent ==== #}

{# Nothing was sent: a value that was sent but could not be read has its own finding and is not missing. #}
{% macro missing(x) %}
(l.{{ x }} IS NULL AND NOT EXISTS (
    FROM {{ here }}.finding f WHERE f.line_id = l.line_id AND f.column_name = '{{ x }}'))
{% endmacro %}
{% macro sent(x) %}json_extract_string(l.raw, '{{ x }}'){% endmacro %}
{% macro in_sheet(x) %}json_extract_string(l.cells, '{{ x }}') IS NOT NULL{% endmacro %}

{# The values of a text, as a list: one, or several where the column has a separator; either width of a sign parts them. #}
{% macro each(c, x) %}
{% if c.separator is none %}CASE WHEN {{ x }} IS NULL THEN [] ELSE [{{ x }}] END
{%- else %}list_filter(list_transform(string_split(translate({{ x }}, '；，｜／', ';,|/'), translate({{ quoted(c.separator) }}, '；，｜／', ';,|/')), lambda one: trim(one)), lambda one: one <> '')
{%- endif %}
{% endmacro %}

{# ==== Columns by their role ==== #}

{# What the year's figures are held against: what a project comes to, or what may be spent. None where a form has neither. #}
{% set whole = role.get('total', role.get('budget')) %}
{# The figures of a record that hardly ever change. #}
{% set steady = [role.get('total'), role.get('plan'), role.get('budget_opening'), role.get('fixed_assets')] | select | list %}
{# A sum may fall where the month itself may be negative, and is: spending that was reversed. #}
{% macro unless_reversed() %}
{{ 'AND l.' ~ role.month ~ ' >= 0' if form.by_name[role.month].minimum is none }}
{%- endmacro %}

{# ==== Earlier months ==== #}

{# prev of judging.md, section 1: the same record of the same unit one period earlier (a month, of a quarterly form a quarter), `of` the line named. #}
{% macro month_before(end) %}strftime(date_trunc('month', {{ end }}) - INTERVAL 1 DAY, '%Y-%m'){% endmacro %}
{% macro earlier(p, of='l', among=history) %}
{{ among }}.{{ form.form }} {{ p }} ON {{ p }}.unit = {{ of }}.unit AND {{ p }}.business_key = {{ of }}.business_key
    AND {{ p }}.period_end = {{ end_before(of ~ '.period_end') }}
{% endmacro %}

{# A sum of the year starts anew in this period: it is the year's first. #}
{% macro starts_anew(end) %}year({{ end_before(end) }}) < year({{ end }}){% endmacro %}

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

{# Every figure of a line that goes on is that of the month before (P05). A sum that may be left blank proves nothing. #}
{% macro copied(a, b) %}
{% set since = role.get('since_start') %}
{% for x in [whole, role.get('plan'), role.month, role.year_to_date, since if since and form.by_name[since].required] | select %}
{{ a }}.{{ x }} = {{ b }}.{{ x }} AND {% endfor %}
{% if role.progress is defined %}
{{ a }}.{{ role.stage }} IN {{ listed(stages.under_way) }} AND ({{ a }}.{{ role.month }} > 0 OR {{ a }}.{{ role.progress }}_norm = {{ b }}.{{ role.progress }}_norm)
{% elif role.stage is defined %}
{{ a }}.{{ role.stage }} IN {{ listed(stages.signed_only) }} AND {{ a }}.{{ role.month }} > 0
{% else %}
{{ a }}.{{ role.month }} > 0
{% endif %}
{% endmacro %}

{# A plan is below the one last believed, p, although the year is nearly over (P30): `late` is cfg.target_late. #}
{% macro lowered_late(x, late) %}(strftime(l.period_end, '%m-%d') > '{{ late }}' AND {{ hi(x) }} < p.{{ x }}_low){% endmacro %}

{# ==== Projects, and who claims them ==== #}

{# Who claims the project of a line: the unit that it is credited to, else the one that reports it; its code, and its name. #}
{% macro claimant(a) %}{{ a }}.{{ role.claimant ~ '_code' if role.claimant is defined else 'unit' }}{% endmacro %}
{% macro claimant_name(a) %}
{{ a ~ '.' ~ role.claimant if role.claimant is defined else '(SELECT u.name FROM ' ~ here ~ '.unit u WHERE u.unit = ' ~ a ~ '.unit)' }}
{%- endmacro %}

{# Two lines are one project (P18): one code, or one firm and one name. #}
{% macro one_code(a, b) %}{{ a }}.{{ role.project_code }} = {{ b }}.{{ role.project_code }}{% endmacro %}
{% macro one_firm_and_name(a, b) %}
{{ a }}.{{ role.owner_code }} = {{ b }}.{{ role.owner_code }} AND {{ a }}.{{ role.project_name }}_norm = {{ b }}.{{ role.project_name }}_norm
{%- endmacro %}
{% macro one_project(a, b) %}(coalesce({{ one_code(a, b) }}, false) OR coalesce({{ one_firm_and_name(a, b) }}, false)){% endmacro %}

{# Every line under test whose project others claim in the same month, once for each of the others, with the shares. #}
{% macro claimed() %}
{% for same in [one_code('l', 'o'), one_firm_and_name('l', 'o')] %}
SELECT l.line_id, l.submission_id, {{ claimant_name('o') }} || CASE WHEN o.in_force THEN '' ELSE '（报送被退回）' END AS other,
       {{ 'l.' ~ role.share if role.share is defined else 'NULL' }} AS share, {{ 'o.' ~ role.share if role.share is defined else 'NULL' }} AS other_share
FROM {{ lines }} l JOIN {{ claims }}.{{ form.form }} o ON o.period = l.period AND {{ same }}
WHERE {{ claimant('o') }} <> {{ claimant('l') }}
{{ 'UNION' if not loop.last }}
{% endfor %}
{% endmacro %}

{# Two folded names that differ only in their phase or in a capacity are two projects. #}
{% macro other_phase(a, b) %}
{% set counted = "'[一二三四五六七八九十0-9]+期|[0-9]+(万|亿)?(吨|千瓦|mw|kv|kw|亩|台|套|件|头|平方米)?'" %}
({{ a }} <> {{ b }} AND regexp_replace({{ a }}, {{ counted }}, '', 'g') = regexp_replace({{ b }}, {{ counted }}, '', 'g'))
{% endmacro %}

{# The project of a line has an approval in one of some matters, given until a day. #}
{% macro approved(matters, until) %}
({% for cases in others('project_code', 'matter', 'decided') %}EXISTS (
    FROM {{ history }}.{{ cases.form }} a WHERE a.{{ cases.role.project_code }} = l.{{ role.project_code }}
        AND a.{{ cases.role.matter }} IN {{ listed(matters) }} AND a.{{ cases.role.decided }} <= {{ until }}) OR {% endfor %}false)
{% endmacro %}

{# The place of a stage in the order of stages; NULL for 停工 and 终止, which stand outside. #}
{% macro place(x) %}list_position([{% for stage in stages.order %}{{ quoted(stage) }}{{ ', ' if not loop.last }}{% endfor %}], {{ x }}){% endmacro %}

{# ==== Units that slipped ==== #}

{# Figure a is so many times figure b that its unit slipped; `ranges` are those of cfg.unit_slips, such as '3000 30000'. #}
{% macro slipped(a, b, ranges) %}
({% for range in ranges %}{% set low, high = range.split() %}{{ a }} BETWEEN {{ low }} * {{ b }} AND {{ high }} * {{ b }}{{ ' OR ' if not loop.last }}{% endfor %})
{% endmacro %}

{# How many times too large or too small a figure is whose unit slipped: 的一万倍, 的一百分之一. #}
{% macro tens(ratio) %}CASE WHEN {{ ratio }} > 2000 THEN '一万' WHEN {{ ratio }} > 300 THEN '一千' ELSE '一百' END{% endmacro %}
{% macro times(x, y) %}
'的' || {{ tens('greatest(' ~ x ~ ', ' ~ y ~ ') / least(' ~ x ~ ', ' ~ y ~ ')') }} || CASE WHEN {{ x }} > {{ y }} THEN '倍' ELSE '分之一' END
{% endmacro %}

{# ==== Days, targets, points ==== #}

{# Days used after acceptance: working days by the site's calendar, calendar days where the cell says 自然日
   (indicators.md 28). The day of acceptance does not count. NULL where the year's calendar is not known. #}
{% macro used_days(from_day, to_day) %}
(CASE WHEN regexp_matches(coalesce({{ sent('promised_days') }}, ''), '自然|日历') THEN date_diff('day', {{ from_day }}, {{ to_day }})
      ELSE (SELECT b.counted - a.counted FROM {{ here }}.workday a JOIN {{ here }}.workday b USING (stretch)
            WHERE a.day = {{ from_day }} AND b.day = {{ to_day }}) END - coalesce(l.excluded_days, 0))
{% endmacro %}

{# The year inside the brackets of a document number, of whatever kind the brackets are. #}
{% macro year_in(x) %}TRY_CAST(regexp_extract(l.{{ x }}, '[〔【\[(（「『<＜]((?:19|20)\d\d)[〕】\])）」』>＞]', 1) AS INTEGER){% endmacro %}

{# A target in 万元 (or 万美元, or items), whatever unit it is written in. #}
{% macro in_common_unit(t) %}({{ t }}.target_value * CASE {{ t }}.target_unit WHEN '亿元' THEN 10000 ELSE 1 END){% endmacro %}

{# Half-up to two decimals (indicators.md, section 4). #}
{% macro round2(x) %}CAST(floor(({{ x }}) * 100 + 0.5 + 1e-9) / 100 AS DECIMAL(20,6)){% endmacro %}

{# ==== For people ==== #}

{# For people: no trailing zeros, months where the day was not told. #}
{% macro num(x) %}regexp_replace(CAST(CAST({{ x }} AS DECIMAL(38,6)) AS VARCHAR), '\.?0+$', ''){% endmacro %}
{% macro money(x) %}{{ num(x) }} || '万元'{% endmacro %}
{# The figure of a column with the unit that its contract gives it: 300万元, 35亩, 120人. #}
{% macro measured(c, of='l') %}{{ num(of ~ '.' ~ c) }} || '{{ form.by_name[c].stored_in or form.by_name[c].unit or '' }}'{% endmacro %}
{% macro day(x) %}strftime({{ x }}, '%Y-%m-%d'){% endmacro %}

{# ==== Parameters as SQL ==== #}

{# Lists of parameters as SQL: ('a', 'b') and, for a regular expression, a|b. #}
{% macro quoted(text) %}'{{ text | replace("'", "''") }}'{% endmacro %}
{% macro listed(texts) %}({% for t in texts %}{{ quoted(t) }}{{ ', ' if not loop.last }}{% endfor %}){% endmacro %}
{% macro any_of(texts) %}'({% for t in texts %}{{ t | replace("'", "''") }}{{ '|' if not loop.last }}{% endfor %})'{% endmacro %}
