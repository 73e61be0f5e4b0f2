-- Rows of the score tree that a person entered: what each of several assessors gave, below the leaf, and bonuses and deductions,
-- below the total.
with

last_node as (
    select scheme, version, max(place) as place
    from (
        select scheme, version, place from {{ ref('stg_standards__scheme_node') }}
        union all
        select scheme, version, place from {{ ref('stg_standards__scheme_assessor') }}
    )
    group by scheme, version
),

assessed as (
    select
        leaf.scheme, leaf.version, leaf.period, leaf.unit_group, leaf.unit,
        leaf.node || '/' || given.assessor as node,
        leaf.node as parent_node,
        given.level_no + 1 as level_no,
        given.place,
        given.assessor as node_name,
        cast(leaf.weight * given.share_pct * 0.01 as decimal(20, 6)) as weight,
        'assessor' as source,
        given.score as value,
        case when given.score is not null then
            {{ exactly('given.score') }} || '×' || {{ exactly('given.share_pct') }} || '%'
            || case when given.divisor < 100 then '÷' || {{ exactly('given.divisor') }} || '%' else '' end
            || '=' || {{ exactly('given.points') }}
        end as working,
        given.points,
        case
            when given.score is not null then 'scored' when given.policy = 'zero' then 'zero'
            when given.policy = 'leave_out' then 'left_out' else 'waits'
        end as status,
        case when given.score is null then 'not_verified' end as reason,
        given.ruling,
        cast(null as varchar) as document,
        given.decided_by
    from {{ ref('int_score_assessor') }} as given
    inner join {{ ref('int_score_found') }} as leaf on {{ same_leaf('leaf', 'given') }}
    where given.assessor <> ''
),

adjusted as (
    select
        entry.scheme, entry.version, entry.period, entry.unit_group, entry.unit,
        case entry.kind when 'bonus' then '加分/' else '扣分/' end || entry.entry_no as node,
        '总分' as parent_node,
        1 as level_no,
        last_node.place + row_number() over (
            partition by entry.scheme, entry.version, entry.period, entry.unit order by entry.kind, entry.entry_no
        ) as place,
        entry.item as node_name,
        cast(0 as decimal(20, 6)) as weight,
        entry.kind as source,
        entry.points as value,
        '依据' || entry.document || '，' || entry.decided_by || '录入，' || case entry.kind when 'bonus' then '加' else '扣' end
        || {{ exactly('entry.points') }} || '分'
        || case
            when not entry.is_assessed then '，本办法这一期不考核该单位，计0分'
            when abs(entry.counted) < entry.points then
            '，上限' || {{ exactly('entry.cap') }} || '分，计' || {{ exactly('abs(entry.counted)') }} || '分' else '' end as working,
        entry.counted as points,
        case when entry.is_assessed then 'scored' else 'left_out' end as status,
        case when not entry.is_assessed then 'not_owed' end as reason,
        entry.ruling,
        entry.document,
        entry.decided_by
    from {{ ref('int_adjustment_counted') }} as entry
    inner join last_node on last_node.scheme = entry.scheme and last_node.version = entry.version
)

select * from assessed
union all
select * from adjusted
