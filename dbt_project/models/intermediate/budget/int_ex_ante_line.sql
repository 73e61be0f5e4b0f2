-- Evaluated aspects that count, with the unit that asks for the money and whether its line is the first of its programme.
select
    line.*,
    known.unit as implementing_unit_code,
    1 = row_number() over (
        partition by line.submission_id, line.programme_name, line.implementing_unit order by line.row_no, line.line_id
    ) as is_first_of_programme
from {{ ref('int_ex_ante_evaluation_counted') }} as line
left join {{ ref('stg_landed__name') }} as known on known.text = line.implementing_unit
