-- How far the totals would move if what a finding says were true, in 万元: the open findings of what counts, of what never
-- came, and of what was refused while nothing else stands in its place.
with

-- Of several refused versions of a slot the last speaks for it, and of two sheets of one file one.
refused as (
    select submission_id
    from {{ ref('stg_landed__submission') }} as submission
    where
        is_placed and verdict = 'rejected' and withdrawal is null and not is_misplaced
        and not exists (
            select 1 from {{ ref('stg_landed__submission') }} as other
            where
                other.unit = submission.unit and other.sub_unit = submission.sub_unit and other.form = submission.form
                and other.period = submission.period
                and (
                    other.counts
                    or other.verdict = 'rejected'
                    and (other.receipt_order, other.submission_id) > (submission.receipt_order, submission.submission_id)
                )
        )
),

open as (
    select
        issue.*,
        coalesce(hint.likely_line, issue.line_id) as moved_line,
        hint.likely_column,
        hint.likely_value,
        refused.submission_id is not null as is_refused,
        -- Whose figure would move: what is most likely wrong, else what the finding names.
        coalesce(hint.likely_column, issue.column_name) as named_column
    from {{ ref('int_issue_located') }} as issue
    inner join {{ ref('stg_landed__issue') }} as hint on hint.issue_no = issue.issue_no
    left join refused on refused.submission_id = issue.submission_id
    where
        issue.state in ('open', 'lapsed')
        and (issue.counts or issue.submission_id like 'missing:%' or refused.submission_id is not null)
),

totals as (
    select
        submission_id,
        sum(case when is_headline then abs(amount) end) as amount,
        max(case when is_headline then column_name end) as headline
    from {{ ref('int_line_amount') }} group by submission_id
),

-- What the unit had last in a form that is missing or refused.
earlier as (
    select
        issue.issue_no, line.column_name, sum(line.amount) as amount,
        row_number() over (partition by issue.issue_no order by line.period desc nulls last) as place
    from open as issue
    inner join {{ ref('int_line_amount') }} as line
        on line.unit = issue.unit and line.form = issue.form and line.period < issue.period and line.is_headline
    where (issue.submission_id like 'missing:%' or issue.is_refused) and line.disposition = 'published'
    group by issue.issue_no, line.column_name, line.period
),

weighed as (
    select
        open.*,
        coalesce(named.amount, headline.amount) as line_amount,
        headline.amount as headline_amount,
        headline.column_name as headline,
        coalesce(named.disposition, headline.disposition) as disposition,
        named.column_name is not null as is_amount,
        coalesce(
            named.column_name, headline.column_name, earlier.column_name,
            case when open.moved_line is null then totals.headline end
        ) as moved_column,
        -- A sheet in the wrong unit is refused with figures ten thousand times too large; then the month before knows better.
        case when totals.amount > 10 * earlier.amount and earlier.amount > 0 then earlier.amount else totals.amount end
            as submission_amount,
        earlier.amount as earlier_amount,
        {{ number_in('open.difference', 'decimal(20, 6)') }} as said_difference
    from open
    left join {{ ref('int_line_amount') }} as named
        on named.line_id = open.moved_line and named.column_name = open.named_column
    left join {{ ref('int_line_amount') }} as headline on headline.line_id = open.moved_line and headline.is_headline
    left join totals on totals.submission_id = open.submission_id
    left join earlier on earlier.issue_no = open.issue_no and earlier.place = 1
),

based as (
    select
        *,
        case
            when submission_id like 'missing:%' then case when earlier_amount is not null then 'missing' else 'none' end
            -- Whoever answers a warning there brings nothing into the sums: the errors keep it out.
            when is_refused
                then case when submission_amount > 0 and severity = 'error' and level = 'submission' then 'refused' else 'none' end
            when disposition = 'quarantined'
                then case when headline_amount is not null and severity = 'error' then 'held' else 'none' end
            when likely_column is not null and is_amount then 'likely'
            when likely_column is not null then 'none'  -- a total beside its lines, or a rate: no published sum rests on it
            when is_amount and said_difference is not null then 'difference'
            when line_amount is not null then 'stake'
            else 'none'
        end as basis
    from weighed
)

select
    based.issue_no,
    based.rule,
    based.severity,
    based.unit,
    based.form,
    based.period,
    based.submission_id,
    based.moved_line as line_id,
    based.file,
    based.sheet,
    based.row_no,
    based.cell,
    case based.basis when 'none' then null when 'held' then based.headline else based.moved_column end as column_name,
    case
        when based.basis = 'held' then based.headline_amount
        when based.basis in ('likely', 'difference', 'stake') then based.line_amount
    end as amount_sent,
    case
        when based.basis = 'likely' or based.basis = 'held' and based.likely_column = based.headline
            then cast(based.likely_value as decimal(20, 6))
    end as amount_likely,
    based.basis,
    cast(case based.basis
        when 'missing' then abs(based.earlier_amount)
        when 'refused' then based.submission_amount
        when 'held'
            then abs(case when based.likely_column = based.headline then based.likely_value else based.headline_amount end)
        when 'likely' then abs(based.likely_value - based.line_amount)
        when 'difference' then abs(based.said_difference)
        when 'stake' then abs(based.line_amount)
    end as decimal(20, 6)) as effect
from based
