-- Every leaf of a scheme for every unit that it assesses: what became of its figure by the scheme's policy, the points as they
-- stand, those at the end if nothing more is mended, and between which ends open findings allow them to move.
with

-- The policy of the day, and the one of the end: what is not due yet will be missing if it never comes.
ruled as (
    select
        {{ columns_of(ref('int_score_compared'), 'found', ['is_mendable', 'mend_until']) }},
        found.is_mendable as is_own_mendable,
        found.mend_until as own_mend_until,
        case
            when found.reason = 'known' then 'count'
            when found.reason = 'partly_verified' then 'flag'
            when found.reason = 'no_quorum' then 'leave_out'
            when found.reason = 'not_due' and not found.is_over then 'wait'
            when policy.waits and found.is_mendable then 'wait'
            else policy.policy
        end as asked_now,
        case found.reason
            when 'known' then 'count' when 'partly_verified' then 'flag' when 'no_quorum' then 'leave_out' else lasting.policy
        end as asked_then,
        policy.percent as percent_now,
        lasting.percent as percent_then,
        policy.otherwise as otherwise_now,
        lasting.otherwise as otherwise_then,
        coalesce(policy.within, lasting.within) as within
    from {{ ref('int_score_compared') }} as found
    left join {{ ref('stg_standards__scheme_policy') }} as policy
        on
            policy.scheme = found.scheme and policy.version = found.version and policy.node = found.node
            and policy.reason = found.reason
    left join {{ ref('stg_standards__scheme_policy') }} as lasting
        on
            lasting.scheme = found.scheme and lasting.version = found.version and lasting.node = found.node
            and lasting.reason = case found.reason when 'not_due' then 'missing' else found.reason end
),

-- The last figure of the unit in the same year that nothing spoke against, if it is not too old.
believed as (
    select
        later.scheme, later.version, later.period, later.unit, later.node,
        earlier.period as believed_period,
        earlier.base as believed_base,
        row_number() over (
            partition by later.scheme, later.version, later.period, later.unit, later.node order by earlier.period_no desc nulls last
        ) as place
    from ruled as later
    inner join {{ ref('int_score_compared') }} as earlier
        on
            earlier.scheme = later.scheme
            and earlier.version = later.version
            and earlier.unit = later.unit
            and earlier.node = later.node
            and earlier.grain = later.grain
            and earlier.period_year = later.period_year
            and earlier.period_no < later.period_no
            and earlier.period_no >= later.period_no - later.within
    where 'last_believed' in (later.asked_now, later.asked_then) and earlier.reason = 'known'
),

-- Points of the figure as it is, at both its ends, and of the one last believed.
based as (
    select
        ruled.scheme, ruled.version, ruled.period, ruled.unit, ruled.node,
        ruled.formula, ruled.weight, ruled.polarity, ruled.cap, ruled.zero_at, ruled.full_at, ruled.per, ruled.free,
        way.way,
        case way.way
            when 'as_is' then ruled.base when 'low' then ruled.base_low when 'high' then ruled.base_high else believed.believed_base
        end as base
    from ruled
    left join believed on believed.place = 1 and {{ same_leaf('believed', 'ruled') }}
    cross join (values ('as_is'), ('low'), ('high'), ('believed')) as way (way)
),

-- The band of a stepwise leaf: the highest edge not above the figure, or where less is better the lowest not below it.
banded as (
    select
        based.scheme, based.version, based.period, based.unit, based.node, based.way, band.points,
        row_number() over (
            partition by based.scheme, based.version, based.period, based.unit, based.node, based.way
            order by case when {{ less_is_better('based') }} then band.edge else -band.edge end
        ) as place
    from based
    inner join {{ ref('stg_standards__scheme_band') }} as band
        on {{ passes('band', 'based', 'based.base') }}
),

pointed as (
    select
        based.scheme, based.version, based.period, based.unit, based.node,
        {% for way, name in {'as_is': 'found_points', 'low': 'one_end', 'high': 'other_end', 'believed': 'believed_points'}.items() -%}
        max(case when based.way = '{{ way }}' and based.base is not null
            then {{ points('based', 'based.base', 'coalesce(banded.points, 0)') }}
        end) as {{ name }}{% if not loop.last %},{% endif %}
        {% endfor -%}
    from based
    left join banded on banded.place = 1 and banded.way = based.way and {{ same_leaf('banded', 'based') }}
    group by based.scheme, based.version, based.period, based.unit, based.node
),

applied as (
    select
        ruled.*,
        case when ruled.asked_now = 'last_believed' and believed.believed_period is null then ruled.otherwise_now
            else ruled.asked_now end as policy_now,
        case when ruled.asked_then = 'last_believed' and believed.believed_period is null then ruled.otherwise_then
            else ruled.asked_then end as policy_then,
        believed.believed_period,
        believed.believed_base,
        pointed.found_points,
        pointed.believed_points,
        least(pointed.found_points, pointed.one_end, pointed.other_end) as worst_points,
        greatest(pointed.found_points, pointed.one_end, pointed.other_end) as best_points,
        cast(case ruled.formula when 'ratio' then ruled.weight * ruled.cap * 0.01 else ruled.weight end as decimal(20, 6)) as most_points
    from ruled
    inner join pointed on {{ same_leaf('pointed', 'ruled') }}
    left join believed on believed.place = 1 and {{ same_leaf('believed', 'ruled') }}
),

-- Open as a whole: it may come to nothing or to everything. What nobody will ever end by itself (wait) is open too, and so is a
-- place while anybody's figure in the field may move.
opened as (
    select
        *,
        applied.is_own_mendable or coalesce(applied.is_field_mendable, false) as is_mendable,
        greatest(applied.own_mend_until, applied.field_mend_until) as mend_until,
        coalesce(
            reason = 'not_verified'
            or policy_then = 'wait'
            or (reason in ('missing', 'not_due') and applied.is_own_mendable)
            or (reason = 'no_denominator' and applied.is_own_mendable and quarantined > 0)
            or (reason in ('known', 'not_fit') and is_untold)
            or (reason = 'not_fit' and applied.is_own_mendable and policy_then = 'leave_out')
            or coalesce(is_field_open, false), true
        ) as is_all_open,
        reason = 'not_fit' and applied.is_own_mendable as is_doubt_open
    from applied
),

weighed as (
    select
        *,
        case
            when formula = 'veto' or (policy_then = 'leave_out' and not is_all_open) then null
            when is_all_open then 0
            else {{ settled('policy_then', 'percent_then', 'worst_points', 'believed_points') }}
        end as worst_end,
        case
            when formula = 'veto' or (policy_then = 'leave_out' and not is_all_open) then null
            when is_all_open then most_points
            when is_doubt_open then best_points
            else {{ settled('policy_then', 'percent_then', 'best_points', 'believed_points') }}
        end as best_end
    from opened
)

select
    *,
    case
        when formula = 'veto' then 'shown'
        when policy_now = 'count' then 'scored'
        when policy_now = 'leave_out' then 'left_out'
        when policy_now = 'flag' then 'flagged'
        when policy_now = 'deduct' then 'deducted'
        when policy_now = 'zero' then 'zero'
        when policy_now = 'last_believed' then 'carried'
        else 'waits'
    end as status,
    case when policy_now = 'deduct' then percent_now end as deducted_pct,
    case when formula <> 'veto' then {{ settled('policy_now', 'percent_now', 'found_points', 'believed_points') }} end as points,
    case when formula <> 'veto' then {{ settled('policy_then', 'percent_then', 'found_points', 'believed_points') }} end as final_points,
    formula <> 'veto' and coalesce(policy_then, 'wait') = 'wait' as waits_for_ever,
    cast(worst_end as decimal(20, 6)) as low_points,
    cast(best_end as decimal(20, 6)) as high_points,
    coalesce(worst_end < best_end, false) as is_open,
    case when is_mendable and (worst_end < best_end or reason in ('missing', 'not_due', 'not_fit'))
        then mend_until end as blocked_until,
    formula = 'veto' and coalesce(value >= at_least, false) as veto_condition
from weighed
