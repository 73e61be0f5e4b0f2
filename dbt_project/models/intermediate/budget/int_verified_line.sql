-- Scores of self-evaluations as checked by people: of an indicator, and of its whole programme.
with named as (
    select line.line_id, line.unit, line.period, programme.norm as programme, indicator.norm as indicator
    from {{ ref('int_evaluation_line') }} as line
    left join {{ ref('stg_landed__name') }} as programme on programme.text = line.programme_name
    left join {{ ref('stg_landed__name') }} as indicator on indicator.text = line.indicator_level3
)

select named.line_id, verified.indicator = '' as is_total, verified.score, verified.ruling
from named
inner join {{ ref('stg_standards__verified_score') }} as verified
    on
        verified.scheme = ''
        and verified.unit = named.unit
        and verified.period = named.period
        and verified.programme = named.programme
        and verified.indicator in ('', named.indicator)
