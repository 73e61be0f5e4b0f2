-- P51: an indicator is ranked while units that should have a place have no figure. No ranking, no quorum, no issue; the nodes above
-- an indicator repeat what it says and are left out. The issue is of the county: no unit sent it, no cell mends it.
with gap as (
    select
        ranking.scheme, ranking.version, ranking.period, ranking.unit_group, ranking.node,
        max(ranking.place) as place,
        max(ranking.ranked_units) as ranked_units,
        max(ranking.missing_names) as missing_names
    from {{ ref('int_ranking_placed') }} as ranking
    where ranking.ranked_by = 'value'
    group by ranking.scheme, ranking.version, ranking.period, ranking.unit_group, ranking.node
    having max(ranking.ranked_units) > 0 and max(cast(ranking.has_quorum as integer)) = 1
        and count(*) filter (where ranking.is_missing) > 0
)

select
    cast((select coalesce(max(issue_no), 0) from {{ ref('int_issue_located') }})
        + row_number() over (order by gap.scheme, gap.version, gap.period, gap.unit_group, gap.place) as integer) as issue_no,
    'P51-' || substring(md5(concat_ws('|', gap.period, gap.scheme, gap.version, gap.unit_group, gap.node)), 1, 8) as finding,
    rule.rule,
    rule.severity,
    rule.level,
    '*' as unit,
    nullif(node.form, '*') as form,
    gap.period,
    true as counts,
    cast(null as varchar) as submission_id,
    cast(null as varchar) as line_id,
    gap.scheme || '|' || gap.version || '|' || gap.unit_group || '|' || gap.node as business_key,
    cast(null as varchar) as file,
    cast(null as varchar) as sheet,
    cast(null as integer) as row_no,
    cast(null as varchar) as cell,
    cast(null as varchar) as column_name,
    cast(gap.ranked_units as varchar) as value_sent,
    gap.missing_names as expected,
    cast(null as varchar) as difference,
    replace(replace(rule.sentence, '{expected}', gap.missing_names), '{value}', cast(gap.ranked_units as varchar)) as sentence,
    rule.version as rule_version,
    'open' as state,
    cast(null as varchar) as explanation,
    cast(null as varchar) as explained_by,
    cast(null as timestamp) as explained_at,
    cast(null as varchar) as decision
from gap
inner join {{ ref('stg_standards__rule') }} as rule on rule.rule = 'P51'
inner join {{ ref('int_period_dated') }} as period
    on
        period.period = gap.period
        and (rule.effective_from is null or period.period_end >= rule.effective_from)
        and (rule.effective_to is null or period.period_end <= rule.effective_to)
inner join {{ ref('stg_standards__scheme_node') }} as node
    on node.scheme = gap.scheme and node.version = gap.version and node.node = gap.node
