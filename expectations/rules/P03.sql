-- A cumulative figure = last month's + this month's; the year to date starts anew with the first report of a year.
-- One line is told once: where both cumulative figures are off by the same amount, this month's figure is the cause.
{% set starts = starts_anew('l.period_end') ~ (" OR month(l.period_end) = 2" if cfg.january_exempt == 'true' else "") %}
{% set month_figure, year_figure, since = role.month, role.year_to_date, role.get('since_start') %}
{% set fallen = hi(year_figure) ~ ' < p.' ~ year_figure ~ '_low ' ~ unless_reversed() %}
WITH carried AS (
    SELECT l.line_id, l.submission_id, l.{{ month_figure }} AS this_month, l.{{ year_figure }} AS so_far,
           CASE WHEN {{ starts }} THEN 0 ELSE p.{{ year_figure }} END AS base,
           CASE WHEN ({{ starts }}) THEN {{ differs(year_figure, month_figure) }}
                ELSE {{ apart(lo(year_figure), hi(year_figure), 'p.' ~ year_figure ~ '_low + ' ~ lo(month_figure),
                              'p.' ~ year_figure ~ '_high + ' ~ hi(month_figure)) }} AND NOT coalesce({{ fallen }}, false)
           END AS year_off,
{% if since %}
           p.{{ since }} AS base_since, l.{{ since }} AS total,
           {{ apart(lo(since), hi(since), 'p.' ~ since ~ '_low + ' ~ lo(month_figure), 'p.' ~ since ~ '_high + ' ~ hi(month_figure)) }}
               AND NOT coalesce({{ hi(since) }} < p.{{ since }}_low, false) AS since_off,
           ({{ hi(year_figure) }} - {{ lo(year_figure) }}) + ({{ hi(since) }} - {{ lo(since) }}) + (p.{{ since }}_high - p.{{ since }}_low)
               + CASE WHEN {{ starts }} THEN 0 ELSE p.{{ year_figure }}_high - p.{{ year_figure }}_low END AS rounding
{% else %}
           NULL AS base_since, NULL AS total, NULL AS since_off, NULL AS rounding
{% endif %}
    FROM {{ lines }} l LEFT JOIN {{ earlier('p', among=believed) }}
), told AS (
    SELECT *, coalesce(year_off AND since_off AND abs((so_far - base) - (total - base_since)) <= rounding, false) AS together
    FROM carried WHERE year_off OR since_off
)
SELECT line_id, submission_id, '{{ month_figure }}' AS column_name, {{ num('so_far - base') }} AS expected, this_month - (so_far - base) AS difference
FROM told WHERE together
UNION ALL
SELECT line_id, submission_id, '{{ year_figure }}', {{ num('base + this_month') }}, so_far - base - this_month
FROM told WHERE year_off AND NOT together
{% if since %}
UNION ALL
SELECT line_id, submission_id, '{{ since }}', {{ num('base_since + this_month') }}, total - base_since - this_month
FROM told WHERE since_off AND NOT together
{% endif %}
