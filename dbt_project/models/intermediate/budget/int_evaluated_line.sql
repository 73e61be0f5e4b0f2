-- Indicators of the self-evaluations whose totals are complete, each with its programme's: a unit one of whose lines is
-- held back has no totals.
select
    line.*,
    row_number() over (
        partition by line.submission_id, line.programme_name, line.implementing_unit order by line.row_no
    ) as place,
    programme.self_score_total,
    programme.weight_total
from {{ ref('int_evaluation_line') }} as line
inner join {{ ref('int_programme_totalled') }} as programme
    on
        programme.submission_id = line.submission_id
        and programme.programme_name = line.programme_name
        and programme.implementing_unit = line.implementing_unit
where programme.is_complete
