-- The score by its own formula (indicators.md, section 4), evaluated at the corners of what was printed.
{% macro score(target, actual) %}
CASE WHEN l.comparator = '≤' OR l.comparator = '=' AND {{ target }} = 0 THEN
          CASE WHEN {{ actual }} <= {{ target }} THEN l.weight
               WHEN {{ target }} <= 0 OR {{ actual }} >= 2 * {{ target }} THEN 0
               ELSE {{ round2('l.weight * (1 - (' ~ actual ~ ' - ' ~ target ~ ') / ' ~ target ~ ')') }} END
     WHEN {{ actual }} >= {{ target }} THEN l.weight
     WHEN {{ target }} > 0 THEN greatest(0, {{ round2('l.weight * ' ~ actual ~ ' / ' ~ target) }}) END
{% endmacro %}
{% set kind = "regexp_replace(l.{0}, '[-0-9０-９.,，．约≥≤=＝><＞＜\s]', '', 'g')" %}
WITH recomputed AS (
    SELECT l.line_id, l.submission_id, 'self_score' AS column_name, l.self_score AS score,
           l.self_score_low AS low, l.self_score_high AS high, {{ score('l.target_number', 'l.actual_number') }} AS expected,
           CASE WHEN l.comparator = '≤' THEN {{ score('l.target_number_low', 'l.actual_number_high') }}
                ELSE {{ score('l.target_number_high', 'l.actual_number_low') }} END AS least_score,
           CASE WHEN l.comparator = '≤' THEN {{ score('l.target_number_high', 'l.actual_number_low') }}
                ELSE {{ score('l.target_number_low', 'l.actual_number_high') }} END AS most_score
    FROM {{ lines }} l
    WHERE l.comparator IN ('≥', '≤', '=')
      AND ({{ kind | replace('{0}', 'target_value') }} IN ('', {{ kind | replace('{0}', 'actual_value') }})
           OR {{ kind | replace('{0}', 'actual_value') }} = '')
    UNION ALL
    SELECT l.line_id, l.submission_id, 'self_score', l.self_score, l.self_score_low, l.self_score_high, l.weight * band.most,
           l.weight * band.least, l.weight * band.most
    FROM {{ lines }} l JOIN (VALUES {% for band in cfg.qualitative_bands %}{% set word, least, most = band.split() %}({{ quoted(word) }}, {{ least }}, {{ most }}){{ ', ' if not loop.last }}{% endfor %}) band(word, least, most)
      ON l.actual_value = band.word
    WHERE l.comparator = '定性'
    UNION ALL
    SELECT l.line_id, l.submission_id, 'execution_score', l.execution_score, l.execution_score_low, l.execution_score_high,
           {{ round2('least(l.execution_weight, l.execution_weight * l.budget_executed / l.budget_adjusted)') }},
           {{ round2('least(l.execution_weight, l.execution_weight * l.budget_executed_low / l.budget_adjusted_high)') }},
           {{ round2('least(l.execution_weight, l.execution_weight * l.budget_executed_high / l.budget_adjusted_low)') }}
    FROM {{ lines }} l
    WHERE l.budget_adjusted_low > 0
)
SELECT line_id, submission_id, column_name, {{ num('expected') }} AS expected, score - expected AS difference
FROM recomputed
WHERE {{ apart('low', 'high', 'least_score', 'most_score') }}
