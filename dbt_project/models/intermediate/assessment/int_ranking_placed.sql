-- Places of comparable units: a node of the tree by its score, a leaf by its figure, both as published with 2 decimals.
with

placed as (
    select
        score.scheme,
        score.version,
        score.period,
        score.unit_group,
        score.node,
        score.name,
        score.parent,
        score.place,
        score.unit,
        case when score.is_leaf then 'value' else 'score' end as ranked_by,
        coalesce(leaf.polarity, '+') as polarity,
        case
            when score.veto_ruling is not null then null
            when not score.is_leaf then score.score
            when leaf.status in ('scored', 'flagged', 'shown') then leaf.value
        end as figure,
        case when score.is_leaf then leaf.value else score.provisional_score end as provisional_figure,
        score.veto_ruling is not null as is_vetoed,
        score.flagged > 0 as is_flagged,
        case
            when score.veto_ruling is not null then 'vetoed'
            when score.is_leaf then nullif(leaf.reason, 'known')
            when score.is_too_small then 'too_few_points'
            when score.score is null then coalesce(score.open_reasons, 'left_out')
        end as reason,
        tie.value as tie_value
    from {{ ref('int_score_summed') }} as score
    left join {{ ref('int_score_leaf') }} as leaf
        on
            score.is_leaf
            and leaf.scheme = score.scheme
            and leaf.version = score.version
            and leaf.period = score.period
            and leaf.unit = score.unit
            and leaf.node = score.node
    inner join {{ ref('stg_standards__scheme') }} as scheme
        on scheme.scheme = score.scheme and scheme.version = score.version
    left join {{ ref('int_unit_measure') }} as tie
        on
            tie.form = scheme.tie_form
            and tie.measure = scheme.tie_measure
            and tie.period = score.period
            and tie.unit = score.unit
),

-- Who has no business in a node, or was left out of it, is not missed. Who is expected and has no figure is, and makes the
-- places provisional (P51): nothing accepted, nothing fit to be used, or no target.
signed as (
    select
        *,
        figure is null and (reason is null or reason not in ('not_owed', 'left_out', 'too_few_points')) as is_missing,
        cast(round(figure, 2) as decimal(20, 6)) as published_figure,
        case polarity when '+' then -round(figure, 2) else round(figure, 2) end as sort_by,
        case polarity when '+' then -round(provisional_figure, 2) else round(provisional_figure, 2) end as provisional_sort_by
    from placed
),

standing as (
    select
        scheme, version, period, unit_group, node,
        count(figure) as ranked_units,
        count(case when figure is not null or is_missing then 1 end) as expected_units,
        {{ dbt.listagg("case when is_missing then unit end", "' '", 'order by unit') }} as missing_units
    from signed
    group by scheme, version, period, unit_group, node
)

select
    signed.*,
    standing.ranked_units,
    standing.expected_units,
    standing.missing_units,
    case when signed.figure is not null then rank() over (
        partition by signed.scheme, signed.version, signed.period, signed.unit_group, signed.node
        order by case when signed.figure is null then 1 else 0 end, signed.sort_by,
            case when signed.tie_value is null then 1 else 0 end, -signed.tie_value
    ) end as rank_no,
    case when signed.provisional_figure is not null then rank() over (
        partition by signed.scheme, signed.version, signed.period, signed.unit_group, signed.node
        order by case when signed.provisional_figure is null then 1 else 0 end, signed.provisional_sort_by
    ) end as provisional_rank_no,
    max(signed.period) over (partition by signed.scheme, signed.version) = signed.period as is_latest
from signed
inner join standing
    on
        standing.scheme = signed.scheme
        and standing.version = signed.version
        and standing.period = signed.period
        and standing.unit_group = signed.unit_group
        and standing.node = signed.node
