-- Every leaf with the figure that its formula takes: mostly the figure itself, of a leaf that compares units the place in the
-- field or the distance to its average in %. Of too few nobody has a place, and their average says nothing.
select
    {{ columns_of(ref('int_score_found'), 'found', ['reason', 'base', 'base_low', 'base_high']) }},
    case when field.has_quorum is false then 'no_quorum' else found.reason end as reason,
    {% for end in ['base', 'base_low', 'base_high'] -%}
    cast(case
        when found.formula not in ('rank', 'distance') then found.{{ end }}
        when field.has_quorum and found.formula = 'rank' then field.rank_no
        when field.has_quorum then field.distance
    end as decimal(20, 6)) as {{ end }},
    {% endfor -%}
    field.compared_units,
    field.tied_units,
    field.average,
    coalesce(field.is_open, false) as is_field_open,
    coalesce(field.is_mendable, false) as is_field_mendable,
    field.mend_until as field_mend_until
from {{ ref('int_score_found') }} as found
left join {{ ref('int_score_field') }} as field on {{ same_leaf('field', 'found') }}
