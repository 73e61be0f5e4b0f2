-- A column more, a column less, or columns in another order than in the unit's last version that counts.
{% set heading = 'STRUCT("at" VARCHAR, header VARCHAR, "key" VARCHAR, name VARCHAR, counted BOOLEAN)[]' %}
{% macro same(a, b) %}(coalesce({{ a }}.name = {{ b }}.name, false) OR {{ a }}.key = {{ b }}.key){% endmacro %}
{% macro without(these, those) %}
list_filter({{ these }}, lambda one: one.counted AND len(list_filter({{ those }}, lambda other: {{ same('one', 'other') }})) = 0)
{% endmacro %}
{% macro told(list) %}array_to_string({{ list }}[:6], '、') || CASE WHEN len({{ list }}) > 6 THEN '等' || len({{ list }}) || '列' ELSE '' END{% endmacro %}
WITH pair AS (
    SELECT s.submission_id, p.period,
           CAST(CAST(s.layout AS JSON) AS {{ heading }}) AS now, CAST(CAST(p.layout AS JSON) AS {{ heading }}) AS before
    FROM {{ submissions }} s
    JOIN {{ versions }}.submission p ON (p.unit, p.form, coalesce(p.sub_unit, '')) = (s.unit, s.form, coalesce(s.sub_unit, ''))
     AND p.period_end < s.period_end AND p.counts AND p.layout <> '[]'
    WHERE s.form = '{{ form.form }}' AND s.layout <> '[]'
    QUALIFY row_number() OVER (PARTITION BY s.submission_id ORDER BY p.period_end DESC, p.submission_id) = 1
), placed AS (
    -- Of the columns of both, from left to right, the place that each had before.
    SELECT *, list_filter(list_transform(now, lambda n: list_filter(range(1, len(before) + 1), lambda i: {{ same('before[i]', 'n') }})[1]),
                          lambda place: place IS NOT NULL) AS places
    FROM pair
), chained AS (
    -- The longest chain of columns that kept their order ends at one of these; all others have moved.
    SELECT *, CASE WHEN places = list_sort(places) THEN places ELSE list_reduce(
        list_reduce(list_transform(list_prepend(0::BIGINT, places), lambda place: [[place]]),
                    lambda chains, one: list_append(chains, list_append(
                        list_reduce(list_filter(chains, lambda chain: chain[-1] <= one[1][1]), lambda a, b: CASE WHEN len(b) > len(a) THEN b ELSE a END),
                        one[1][1]))),
        lambda a, b: CASE WHEN len(b) > len(a) THEN b ELSE a END) END AS kept
    FROM placed
), changed AS (
    SELECT submission_id, period,
           list_transform({{ without('now', 'before') }}, lambda n: '“' || n.header || '”（' || n.at || '列）') AS more,
           list_transform({{ without('before', 'now') }}, lambda b: '“' || b.header || '”（原在' || b.at || '列）') AS less,
           list_transform(list_filter(places, lambda place: NOT list_contains(kept, place)),
                          lambda place: '“' || before[place].header || '”从' || before[place].at || '列移到'
                              || list_filter(now, lambda n: {{ same('n', 'before[place]') }})[1].at || '列') AS moved
    FROM chained
)
SELECT NULL AS line_id, submission_id, NULL AS column_name,
       array_to_string(list_filter([
           CASE WHEN len(more) > 0 THEN '多出一列' || {{ told('more') }} END,
           CASE WHEN len(less) > 0 THEN '少了一列' || {{ told('less') }} END,
           CASE WHEN len(moved) > 0 THEN {{ told('moved') }} END], lambda part: part IS NOT NULL), '；') AS value,
       period AS expected, NULL AS difference
FROM changed WHERE len(more) + len(less) + len(moved) > 0
