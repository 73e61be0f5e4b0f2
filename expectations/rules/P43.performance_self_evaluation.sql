-- The score by its own formula (indicators.md, section 4), evaluated at the corners of what was printed.
{# The points for a number: all of them where the target is met, else in proportion; beyond twice a ceiling none. #}
{% macro points(target, actual) %}
CASE WHEN l.comparator = '≤' OR l.comparator = '=' AND {{ target }} = 0 THEN
          CASE WHEN {{ actual }} <= {{ target }} THEN l.weight
               WHEN {{ actual }} >= 2 * {{ target }} THEN 0
               ELSE {{ round2('l.weight * (1 - (' ~ actual ~ ' - ' ~ target ~ ') / ' ~ target ~ ')') }} END
     WHEN {{ actual }} >= {{ target }} THEN l.weight
     WHEN {{ target }} > 0 THEN greatest(0, {{ round2('l.weight * ' ~ actual ~ ' / ' ~ target) }}) END
{% endmacro %}
{# What stands beside the number: its unit. #}
{% macro unit_of(x) %}regexp_replace(l.{{ x }}, '[-0-9０-９.,，．约≥≤=＝><＞＜\s]', '', 'g'){% endmacro %}
{% macro execution(spent, budget) %}{{ round2('least(l.execution_weight, l.execution_weight * ' ~ spent ~ ' / ' ~ budget ~ ')') }}{% endmacro %}
WITH numbers AS (           -- a target and an outcome in one unit
    SELECT l.line_id, l.submission_id, 'self_score' AS column_name, l.self_score AS score, l.self_score_low AS low, l.self_score_high AS high,
           {{ points('l.target_number', 'l.actual_number') }} AS expected,
           CASE WHEN l.comparator = '≤' THEN {{ points('l.target_number_low', 'l.actual_number_high') }}
                ELSE {{ points('l.target_number_high', 'l.actual_number_low') }} END AS least_score,
           CASE WHEN l.comparator = '≤' THEN {{ points('l.target_number_high', 'l.actual_number_low') }}
                ELSE {{ points('l.target_number_low', 'l.actual_number_high') }} END AS most_score
    FROM {{ lines }} l
    WHERE l.comparator IN ('≥', '≤', '=')
      AND ({{ unit_of('target_value') }} IN ('', {{ unit_of('actual_value') }}) OR {{ unit_of('actual_value') }} = '')
), band(word, least, most) AS (
    VALUES {% for band in cfg.qualitative_bands %}{% set word, least, most = band.split() %}({{ quoted(word) }}, {{ least }}, {{ most }}){{ ', ' if not loop.last }}{% endfor %}

), words AS (               -- an answer in words: only the share of the weight that its word can earn
    SELECT l.line_id, l.submission_id, 'self_score', l.self_score, l.self_score_low, l.self_score_high,
           l.weight * band.most, l.weight * band.least, l.weight * band.most
    FROM {{ lines }} l JOIN band ON l.actual_value = band.word
    WHERE l.comparator = '定性'
), spending AS (            -- the execution of the budget
    SELECT l.line_id, l.submission_id, 'execution_score', l.execution_score, l.execution_score_low, l.execution_score_high,
           {{ execution('l.budget_executed', 'l.budget_adjusted') }}, {{ execution('l.budget_executed_low', 'l.budget_adjusted_high') }},
           {{ execution('l.budget_executed_high', 'l.budget_adjusted_low') }}
    FROM {{ lines }} l
    WHERE l.budget_adjusted_low > 0
)
SELECT line_id, submission_id, column_name, {{ num('expected') }} AS expected, score - expected AS difference
FROM (FROM numbers UNION ALL FROM words UNION ALL FROM spending)
WHERE {{ apart('low', 'high', 'least_score', 'most_score') }}
