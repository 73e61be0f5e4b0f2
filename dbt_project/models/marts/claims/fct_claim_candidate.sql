select
    pair.form,
    pair.period,
    pair.line_id,
    pair.other_line_id,
    pair.unit,
    pair.other_unit,
    pair.project_key,
    pair.other_project_key,
    pair.project_name,
    pair.other_project_name,
    pair.same_code,
    pair.same_uscc,
    pair.same_place,
    pair.name_similarity_pct,
    pair.owner_similarity_pct,
    pair.amount_gap_pct,
    pair.days_apart,
    cast(pair.points_for as integer) as points_for,
    cast(pair.points_against as integer) as points_against,
    pair.evidence_for,
    pair.evidence_against,
    case
        when pair.ruled_same then 'same'
        when pair.ruling is not null then 'distinct'
        when pair.is_one_claim then 'same'
        else 'open'
    end as state,
    pair.ruling,
    pair.file,
    pair.sheet,
    pair.row_no,
    pair.other_file,
    pair.other_sheet,
    pair.other_row_no
from {{ ref('int_claim_pair') }} as pair
