-- What every indicator of a self-evaluated programme adds to the figures of its unit: indicators.md section 4, and execution
-- as in indicators.md 27. What the form says of the whole programme is taken from the first of its lines.
with line as (
    select *, place = 1 as is_first_of_programme from {{ ref('int_evaluated_line') }}
)

select
    line_id,
    submission_id,
    'performance_self_evaluation' as form,
    period,
    unit,
    self_score as self_score_total,
    case when is_first_of_programme then execution_score end as self_score_total__of_execution,
    case when is_first_of_programme and self_score_total is null then 0 end as self_score_total__unless,
    weight as weight_total,
    case when is_first_of_programme then execution_weight end as weight_total__of_execution,
    case when is_first_of_programme and weight_total is null then 0 end as weight_total__unless,
    case when is_first_of_programme then budget_initial end as budget_initial,
    case when is_first_of_programme then budget_adjusted end as budget_adjusted,
    case when is_first_of_programme then budget_executed end as budget_executed,
    case when is_first_of_programme then budget_executed end as execution_rate,
    case when is_first_of_programme then budget_adjusted end as execution_rate__over
from line
