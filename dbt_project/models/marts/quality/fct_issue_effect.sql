select
    cast(row_number() over (
        order by
            coalesce(moved.effect, 0) * basis.share_pct desc nulls last,
            -- What moves no sum may move a unit's score.
            coalesce(scored.change, 0) desc nulls last,
            case moved.severity when 'error' then 1 when 'warning' then 2 else 3 end,
            moved.issue_no
    ) as integer) as effect_no,
    moved.issue_no,
    moved.rule,
    moved.severity,
    moved.unit,
    moved.form,
    moved.period,
    moved.submission_id,
    moved.line_id,
    moved.file,
    moved.sheet,
    moved.row_no,
    moved.cell,
    moved.column_name,
    moved.amount_sent,
    moved.amount_likely,
    moved.basis,
    moved.effect,
    basis.share_pct,
    cast(moved.effect * basis.share_pct * 0.01 as decimal(20, 6)) as expected_effect,
    case moved.basis
        when 'likely'
            then
                '按最可能的数' || {{ plain('moved.amount_likely') }} || '（报' || {{ plain('moved.amount_sent') }} || '），合计将变动'
                || {{ plain('moved.effect') }} || '万元'
        when 'missing' then '未报，按上期数：' || {{ plain('moved.effect') }} || '万元'
        when 'refused' then '整份退回，其数未计入：' || {{ plain('moved.effect') }} || '万元'
        when 'held' then '该行未计入：' || {{ plain('moved.effect') }} || '万元'
        when 'difference' then '按应有数与实有数之差：' || {{ plain('moved.effect') }} || '万元'
        when 'stake' then '涉及金额，错多少未知：' || {{ plain('moved.effect') }} || '万元'
        else '不影响金额'
    end as told
from {{ ref('int_issue_effect') }} as moved
inner join {{ ref('effect_basis') }} as basis on basis.basis = moved.basis
left join (
    select issue_no, max(abs(score_after - score)) as change from {{ ref('int_issue_scored') }} group by issue_no
) as scored on scored.issue_no = moved.issue_no
