-- One row per self-evaluated programme: money, execution and the totals of its indicators.
with

line as (
    select
        *,
        row_number() over (partition by submission_id, programme_name, implementing_unit order by row_no) as place
    from {{ ref('int_evaluation_line') }}
),

total as (
    select
        submission_id,
        programme_name,
        implementing_unit,
        count(*) as indicators,
        sum(weight) as weight_sum,
        sum(self_score) as self_sum,
        sum(coalesce(recomputed_score, self_score)) as recomputed_sum,
        sum(case when recomputed_score is not null then weight else 0 end) as recomputed_weight,
        max(case quality_status when 'accepted_with_warnings' then 1 else 0 end) as has_warnings
    from line
    group by submission_id, programme_name, implementing_unit
),

-- An error in the head or the money concerns the whole programme, and a programme without one of its
-- indicators adds up to nothing meaningful: then its totals are left out, never understated.
held as (
    select submission_id, count(*) as held_lines
    from {{ ref('int_line_with_disposition') }}
    where form = 'performance_self_evaluation' and disposition = 'quarantined'
    group by submission_id
),

programme as (
    select
        head.*,
        total.indicators,
        coalesce(held.held_lines, 0) as held_lines,
        coalesce(held.held_lines, 0) = 0 as is_complete,
        total.weight_sum,
        total.self_sum,
        total.recomputed_sum,
        total.recomputed_weight,
        total.has_warnings,
        -- adj = 0 → 0, else min(w, round2(w·exec/adj))
        case
            when head.budget_adjusted = 0 then 0
            when head.budget_executed is not null then least(
                head.execution_weight,
                {{ quotient('head.execution_weight * head.budget_executed', 'head.budget_adjusted', 2) }}
            )
        end as execution_score_recomputed
    from line as head
    inner join total
        on
            total.submission_id = head.submission_id
            and total.programme_name = head.programme_name
            and total.implementing_unit = head.implementing_unit
    left join held on held.submission_id = head.submission_id
    where head.place = 1
)

select
    programme.*,
    {{ percent('budget_executed', 'budget_adjusted') }} as execution_rate,
    case when is_complete then weight_sum + execution_weight end as weight_total,
    case when is_complete then self_sum + execution_score end as self_score_total,
    case when is_complete then recomputed_sum + execution_score_recomputed end as recomputed_total
from programme
