-- How far a unit's score would move if what a finding most likely says were true: the leaves whose figures it moves get the points
-- of the new figure under the policy that they are under, and an error that is mended is one error less.
with

-- Several findings of one cause are one error.
mended as (
    select issue_no, unit, form, period
    from (
        select
            issue_no, unit, form, period,
            count(*) over (partition by submission_id, rule, coalesce(line_id, cell, column_name, '')) as findings
        from {{ ref('int_issue_effect') }}
        where severity = 'error' and submission_id not like 'missing:%' and basis <> 'refused'
    ) as found
    where findings = 1
),

-- A place or a distance to the average depends on the figures of the others, too: no finding of one unit tells it.
leaf as (
    select {{ columns_of(ref('int_score_leaf'), 'leaf', ['base']) }}
    from {{ ref('int_score_leaf') }} as leaf
    where status in ('scored', 'flagged', 'deducted') and formula not in ('veto', 'rank', 'distance')
),

moved as (
    select
        leaf.*,
        moved.issue_no,
        case when leaf.polarity = '+' then moved.value_after_without_estimates else moved.value_after end as earning_after
    from {{ ref('int_issue_moved') }} as moved
    inner join leaf
        on
            leaf.source = 'measure' and leaf.unit = moved.unit and leaf.form = moved.form and leaf.measure = moved.measure
            and leaf.source_period = moved.period
    union all
    select leaf.*, mended.issue_no, cast(greatest(0, leaf.value - 1) as decimal(20, 6)) as earning_after
    from mended
    inner join leaf
        on
            leaf.source = 'fitness' and leaf.measure = 'open_errors' and leaf.unit = mended.unit and leaf.form in ('*', mended.form)
            and leaf.source_period = mended.period
),

based as (
    select
        moved.*,
        case against when 'time' then {{ against_time('earning_after', 'time_progress') }} else earning_after end as base
    from moved
    where earning_after is not null
),

banded as (
    select
        based.issue_no, based.scheme, based.version, based.period, based.unit, based.node, band.points,
        row_number() over (
            partition by based.issue_no, based.scheme, based.version, based.period, based.unit, based.node
            order by case when {{ less_is_better('based') }} then band.edge else -band.edge end
        ) as place
    from based
    inner join {{ ref('stg_standards__scheme_band') }} as band on {{ passes('band', 'based', 'based.base') }}
),

pointed as (
    select
        based.issue_no, based.scheme, based.version, based.period, based.unit_group, based.unit,
        sum(
            ({{ points('based', 'based.base', 'coalesce(banded.points, 0)') }} - based.found_points)
            * (100 - coalesce(based.deducted_pct, 0)) * 0.01
        ) as change
    from based
    left join banded on banded.place = 1 and banded.issue_no = based.issue_no and {{ same_leaf('banded', 'based') }}
    group by based.issue_no, based.scheme, based.version, based.period, based.unit_group, based.unit
),

scored as (
    select
        pointed.issue_no, pointed.scheme, pointed.version, pointed.period, pointed.unit_group, pointed.unit,
        root.node,
        cast(round(root.score, 2) as decimal(20, 6)) as score,
        cast(round(greatest(
            0,
            {{ quotient('root.weight * (root.points + pointed.change)', 'root.counted_weight') }}
            + coalesce(root.adjustment, 0)
        ), 2) as decimal(20, 6)) as score_after
    from pointed
    inner join {{ ref('int_score_adjusted') }} as root
        on
            root.parent is null and root.scheme = pointed.scheme and root.version = pointed.version and root.period = pointed.period
            and root.unit_group = pointed.unit_group and root.unit = pointed.unit
    where root.score is not null and root.counted_weight > 0
)

select
    scored.*,
    place.rank_no,
    -- Who stands above the new score; places that others share stay shared.
    case when place.rank_no is not null then cast((
        select 1 + count(*) from {{ ref('int_ranking_graded') }} as other
        where
            other.scheme = scored.scheme and other.version = scored.version and other.period = scored.period
            and other.unit_group = scored.unit_group and other.node = scored.node and other.unit <> scored.unit
            and other.rank_no is not null and other.score > scored.score_after
    ) as integer) end as rank_after
from scored
left join {{ ref('int_ranking_graded') }} as place
    on
        place.scheme = scored.scheme and place.version = scored.version and place.period = scored.period
        and place.unit_group = scored.unit_group and place.unit = scored.unit and place.node = scored.node
