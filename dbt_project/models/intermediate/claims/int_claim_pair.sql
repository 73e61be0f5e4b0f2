-- Two lines of one period, of different units, that may be one project: what speaks for it and what against.
with

line as (
    select * from {{ ref('int_claim_line') }} where not is_refused
),

-- One of them has no code of its own, so the names may speak.
named as (
    select one.line_id, other.line_id as other_line_id
    from line as one
    inner join line as other
        on
            other.form = one.form and other.period = one.period and other.name_norm = one.name_norm
            and one.claimant < other.claimant
    where one.project_code is null or other.project_code is null
    union all
    select one.line_id, other.line_id as other_line_id
    from line as one
    inner join {{ ref('stg_standards__alike') }} as name on name.kind = 'project' and name.one = one.name_norm
    inner join line as other
        on
            other.form = one.form and other.period = one.period and other.name_norm = name.other
            and one.claimant < other.claimant
    where one.project_code is null or other.project_code is null
),

-- Each way is a join of its own on what both share: lines of a month are many, and never compared all with all.
found as (
    select one.line_id, other.line_id as other_line_id
    from line as one
    inner join line as other
        on
            other.form = one.form and other.period = one.period and other.project_key = one.project_key
            and one.claimant < other.claimant
    union
    select one.line_id, other.line_id as other_line_id
    from line as one
    inner join line as other
        on
            other.form = one.form and other.period = one.period and other.name_norm = one.name_norm
            and other.owner_uscc = one.owner_uscc and one.claimant < other.claimant
    union
    select named.line_id, named.other_line_id
    from named
    inner join line as one on one.line_id = named.line_id
    inner join line as other on other.line_id = named.other_line_id
    left join {{ ref('stg_standards__alike') }} as owner
        on owner.kind = 'owner' and owner.one = one.owner_norm and owner.other = other.owner_norm
    where
        one.owner_uscc = other.owner_uscc or one.owner_norm = other.owner_norm or owner.one is not null
        or one.place = other.place or one.whole_amount = other.whole_amount
),

pair as (
    select
        one.form,
        one.period,
        one.line_id,
        other.line_id as other_line_id,
        one.claimant as unit,
        other.claimant as other_unit,
        one.project_key,
        other.project_key as other_project_key,
        one.natural_key,
        other.natural_key as other_natural_key,
        one.project_name,
        other.project_name as other_project_name,
        one.project_code = other.project_code as same_code,
        one.owner_uscc = other.owner_uscc as same_uscc,
        one.place = other.place as same_place,
        case when one.name_norm = other.name_norm then 100 else name.similarity_pct end as name_similarity_pct,
        case when one.owner_norm = other.owner_norm then 100 else owner.similarity_pct end as owner_similarity_pct,
        {{ percent('abs(one.whole_amount - other.whole_amount)', 'greatest(one.whole_amount, other.whole_amount)') }} as amount_gap_pct,
        cast(abs({{ dbt.datediff('one.since_date', 'other.since_date', 'day') }}) as integer) as days_apart,
        one.file, one.sheet, one.row_no,
        other.file as other_file, other.sheet as other_sheet, other.row_no as other_row_no
    from found
    inner join line as one on one.line_id = found.line_id
    inner join line as other on other.line_id = found.other_line_id
    left join {{ ref('stg_standards__alike') }} as name
        on name.kind = 'project' and name.one = one.name_norm and name.other = other.name_norm
    left join {{ ref('stg_standards__alike') }} as owner
        on owner.kind = 'owner' and owner.one = one.owner_norm and owner.other = other.owner_norm
),

said as (
    select
        pair.*,
        case when same_code then '项目代码相同；' else '' end
        || case when same_uscc then '统一社会信用代码相同；' else '' end
        || case when name_similarity_pct = 100 then '名称相同；'
            when name_similarity_pct is not null then '名称相似（' || {{ plain('name_similarity_pct') }} || '%）；' else '' end
        || case when owner_similarity_pct = 100 then '业主相同；'
            when owner_similarity_pct is not null then '业主相似（' || {{ plain('owner_similarity_pct') }} || '%）；' else '' end
        || case when amount_gap_pct = 0 then '金额相同；' when amount_gap_pct <= 10 then '金额相差不到10%；' else '' end
        || case when same_place then '所在地相同；' else '' end
        || case when days_apart <= 90 then '日期相差' || days_apart || '天；' else '' end as evidence_for,
        case when not same_code then '项目代码不同；' else '' end
        || case when not same_uscc then '统一社会信用代码不同；' else '' end
        || case when owner_similarity_pct is null then '业主不同；' else '' end
        || case when amount_gap_pct > 10 then '金额相差' || {{ plain('amount_gap_pct') }} || '%；' else '' end
        || case when not same_place then '所在地不同；' else '' end
        || case when days_apart > 90 then '日期相差' || days_apart || '天；' else '' end as evidence_against
    from pair
)

select
    said.*,
    length(evidence_for) - length(replace(evidence_for, '；', '')) as points_for,
    length(evidence_against) - length(replace(evidence_against, '；', '')) as points_against,
    said.project_key = said.other_project_key or (coalesce(said.same_uscc, false) and said.name_similarity_pct = 100) as is_one_claim,
    coalesce(one.kind <> 'distinct', false) or coalesce(two.kind <> 'distinct', false) as ruled_same,
    coalesce(one.ruling, two.ruling) as ruling
from said
left join {{ ref('stg_standards__project_identity') }} as one
    on one.project_key = said.natural_key and one.same_as in (said.other_natural_key, said.other_project_key)
left join {{ ref('stg_standards__project_identity') }} as two
    on two.project_key = said.other_natural_key and two.same_as in (said.natural_key, said.project_key)
