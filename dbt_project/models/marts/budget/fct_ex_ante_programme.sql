-- One row per programme that was evaluated before it gets money, with its points and its weakest aspect. Every aspect repeats the
-- money and the conclusion: the first line that tells them is believed.
select
    submission_id,
    unit,
    period,
    programme_name,
    implementing_unit,
    max(implementing_unit_code) as implementing_unit_code,
    {{ earliest('requested_amount', ['row_no']) }} as requested_amount,
    cast(count(*) as integer) as aspects,
    cast(sum(weight) as decimal(20, 6)) as weight_total,
    cast(sum(score) as decimal(20, 6)) as score_total,
    {{ percent('sum(score)', 'sum(weight)') }} as score_rate,
    (array_agg(aspect order by {{ percent('score', 'weight') }}, row_no))[1] as weakest_aspect,
    {{ earliest('conclusion', ['row_no']) }} as conclusion,
    max(evaluation_date) as evaluation_date
from {{ ref('int_ex_ante_line') }}
group by submission_id, unit, period, programme_name, implementing_unit
