select
    total.scheme,
    total.version,
    total.period,
    total.unit_group,
    total.unit,
    total.node,
    total.parent as parent_node,
    cast(total.level_no as integer) as level_no,
    cast(total.place as integer) as place,
    total.name as node_name,
    total.is_leaf,
    total.weight,
    cast(total.counted_weight as decimal(20, 6)) as counted_weight,
    leaf.source,
    leaf.form,
    leaf.measure,
    leaf.source_period,
    leaf.value,
    leaf.earning as value_earning,
    leaf.uom,
    case when leaf.against = 'time' then leaf.time_progress end as time_progress,
    leaf.base as value_used,
    leaf.target as target_indicator,
    cast(leaf.target_version as integer) as target_version,
    leaf.target_amount,
    leaf.target_document,
    leaf.target_line_id,
    leaf.formula,
    {{ working('leaf') }} as working,
    cast(total.points as decimal(20, 6)) as points,
    cast(leaf.found_points as decimal(20, 6)) as found_points,
    cast(total.score as decimal(20, 6)) as score,
    cast(total.provisional_score as decimal(20, 6)) as provisional_score,
    cast(total.final_score as decimal(20, 6)) as final_score,
    cast(total.score_low as decimal(20, 6)) as score_low,
    cast(total.score_high as decimal(20, 6)) as score_high,
    total.standing,
    case when total.standing = 'provisional' then total.open_until end as open_until,
    cast(leaf.deducted_pct as decimal(20, 6)) as deducted_pct,
    leaf.believed_period,
    case
        when total.is_leaf then leaf.status
        when total.veto_ruling is not null then 'vetoed'
        when total.is_too_small then 'too_few_points'
        when total.score is null and total.waiting = 0 then 'left_out'
        when total.waiting > 0 then 'waits'
        when total.flagged > 0 then 'flagged'
        else 'scored'
    end as status,
    case when total.is_leaf then nullif(leaf.reason, 'known') else total.open_reasons end as reason,
    leaf.unfit_because,
    leaf.blocked_until,
    coalesce(leaf.veto_condition, false) as veto_condition,
    coalesce(total.veto_ruling, leaf.verified_by_ruling) as ruling,
    total.adjustment,
    cast(null as varchar) as document,
    coalesce(total.vetoed_by, leaf.verified_by) as decided_by
from {{ ref('int_score_adjusted') }} as total
left join {{ ref('int_score_leaf') }} as leaf
    on
        total.is_leaf
        and leaf.scheme = total.scheme
        and leaf.version = total.version
        and leaf.period = total.period
        and leaf.unit = total.unit
        and leaf.node = total.node
union all
select
    entered.scheme,
    entered.version,
    entered.period,
    entered.unit_group,
    entered.unit,
    entered.node,
    entered.parent_node,
    cast(entered.level_no as integer) as level_no,
    cast(entered.place as integer) as place,
    entered.node_name,
    false as is_leaf,
    entered.weight,
    null as counted_weight,
    entered.source,
    null as form,
    null as measure,
    null as source_period,
    entered.value,
    null as value_earning,
    case when entered.value is not null then '分' end as uom,
    null as time_progress,
    null as value_used,
    null as target_indicator,
    null as target_version,
    null as target_amount,
    null as target_document,
    null as target_line_id,
    null as formula,
    entered.working,
    entered.points,
    null as found_points,
    null as score,
    null as provisional_score,
    null as final_score,
    null as score_low,
    null as score_high,
    null as standing,
    null as open_until,
    null as deducted_pct,
    null as believed_period,
    entered.status,
    entered.reason,
    null as unfit_because,
    null as blocked_until,
    false as veto_condition,
    entered.ruling,
    null as adjustment,
    entered.document,
    entered.decided_by
from {{ ref('int_score_entered') }} as entered
