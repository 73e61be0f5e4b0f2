-- Places of comparable units: a node of the tree by its score, a leaf by its figure, both as published with 2 decimals; and
-- between which places open findings may still move a unit.
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
            when leaf.status in ('scored', 'flagged', 'deducted', 'shown') and not leaf.is_withheld then leaf.value
            when leaf.reason = 'no_quorum' then leaf.value
        end as figure,
        case when score.is_leaf then leaf.value else score.provisional_score end as provisional_figure,
        case when not score.is_leaf and score.veto_ruling is null then score.score_low end as score_low,
        case when not score.is_leaf and score.veto_ruling is null then score.score_high end as score_high,
        case when not score.is_leaf then score.final_score end as final_score,
        score.standing,
        case when score.standing = 'provisional' then score.open_until end as open_until,
        score.veto_ruling is not null as is_vetoed,
        coalesce(score.is_too_small, false) as is_too_small,
        case
            when score.veto_ruling is not null then 'vetoed'
            when score.is_leaf then nullif(leaf.reason, 'known')
            when score.is_too_small then 'too_few_points'
            when score.score is null then coalesce(score.open_reasons, 'left_out')
        end as own_reason,
        scheme.quorum_units,
        scheme.quorum_pct,
        scheme.tie_measure is not null as has_tie_break,
        tie.value as tie_value
    from {{ ref('int_score_adjusted') }} as score
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
        figure is not null and not is_too_small as is_compared,
        figure is null and (own_reason is null or own_reason not in ('not_owed', 'left_out', 'too_few_points')) as is_missing,
        cast(round(figure, 2) as decimal(20, 6)) as published_figure,
        case polarity when '+' then -round(figure, 2) else round(figure, 2) end as sort_by,
        case polarity when '+' then -round(provisional_figure, 2) else round(provisional_figure, 2) end as provisional_sort_by
    from placed
),

-- How many are compared, of how many. Of too few nobody is first or last.
compared as (
    select
        signed.scheme, signed.version, signed.period, signed.unit_group, signed.node,
        count(*) filter (where signed.is_compared) as ranked_units,
        count(*) filter (where signed.is_compared or signed.is_missing) as expected_units,
        {{ dbt.listagg("case when signed.is_missing then signed.unit end", "' '", 'order by signed.unit') }} as missing_units,
        {{ dbt.listagg("case when signed.is_missing then unit.unit_name end", "'、'", 'order by signed.unit') }} as missing_names
    from signed
    left join {{ ref('int_unit_known') }} as unit on unit.unit = signed.unit
    group by signed.scheme, signed.version, signed.period, signed.unit_group, signed.node
),

ordered as (
    select
        signed.*,
        compared.ranked_units,
        compared.expected_units,
        compared.missing_units,
        compared.missing_names,
        compared.ranked_units >= signed.quorum_units
            and compared.ranked_units * 100 >= compared.expected_units * signed.quorum_pct as has_quorum,
        rank() over (
            partition by signed.scheme, signed.version, signed.period, signed.unit_group, signed.node
            order by case when signed.is_compared then 0 else 1 end, signed.sort_by,
                case when signed.tie_value is null then 1 else 0 end, -signed.tie_value
        ) as order_no,
        case when signed.provisional_figure is not null then rank() over (
            partition by signed.scheme, signed.version, signed.period, signed.unit_group, signed.node
            order by case when signed.provisional_figure is null then 1 else 0 end, signed.provisional_sort_by
        ) end as provisional_rank_no,
        max(signed.period) over (partition by signed.scheme, signed.version) = signed.period as is_latest
    from signed
    inner join compared
        on
            compared.scheme = signed.scheme
            and compared.version = signed.version
            and compared.period = signed.period
            and compared.unit_group = signed.unit_group
            and compared.node = signed.node
),

-- Who is above for certain, and who may come to be: ends as published, so that what prints alike is alike.
ranged as (
    select
        one.scheme, one.version, one.period, one.node, one.unit,
        1 + count(*) filter (where other.is_compared and round(other.score_low, 2) > round(one.score_high, 2)) as best_no,
        1 + count(case
            when round(other.score_high, 2) > round(one.score_low, 2) then 1
            when one.has_tie_break and round(other.score_high, 2) = round(one.score_low, 2) then 1
        end) as worst_no
    from signed as one
    left join signed as other
        on
            other.scheme = one.scheme
            and other.version = one.version
            and other.period = one.period
            and other.unit_group = one.unit_group
            and other.node = one.node
            and other.unit <> one.unit
            and (other.is_compared or other.is_missing)
    where one.ranked_by = 'score' and one.is_compared
    group by one.scheme, one.version, one.period, one.node, one.unit
)

select
    ordered.*,
    case when ordered.is_compared and not ordered.has_quorum then 'no_quorum' else ordered.own_reason end as reason,
    case when ordered.is_compared and ordered.has_quorum then ordered.order_no end as rank_no,
    case when ordered.is_compared and ordered.has_quorum then count(*) over (
        partition by
            ordered.scheme, ordered.version, ordered.period, ordered.unit_group, ordered.node, ordered.is_compared, ordered.order_no
    ) end as tied_units,
    case when ordered.has_quorum then ranged.best_no end as rank_best,
    case when ordered.has_quorum then ranged.worst_no end as rank_worst
from ordered
left join ranged
    on
        ranged.scheme = ordered.scheme
        and ranged.version = ordered.version
        and ranged.period = ordered.period
        and ranged.node = ordered.node
        and ranged.unit = ordered.unit
