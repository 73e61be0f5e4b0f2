select
    form,
    measure,
    indicator,
    basis,
    name_zh || case when basis_zh is null then '' else '（' || basis_zh || '）' end as measure_name,
    name_en || case when basis_en is null then '' else ' (' || basis_en || ')' end as measure_name_en,
    definition_zh as definition,
    definition_en,
    edge_cases_zh as edge_cases,
    uom,
    decimals,
    polarity,
    kind,
    nature,
    may_lack_units,
    counts_at,
    case
        when kind <> 'sum' then 'none'
        when nature = 'flow' and counts_at = 'both' then 'units_and_periods'
        when nature = 'flow' then 'periods'
        when counts_at = 'both' then 'units'
        else 'none'
    end as adds_over,
    numerator_columns,
    denominator_columns,
    number as indicator_no,
    source
from {{ ref('int_measure_described') }}
