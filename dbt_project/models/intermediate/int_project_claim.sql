-- Who claims which project in the submissions that count, held lines included, and who is credited (indicators.md 26).
with

line as (
    select
        line.*,
        submission.file,
        {{ project_key('line.project_code', 'project.norm', 'investor.norm') }} as project_key
    from {{ source('landed', 'investment_monthly') }} as line
    inner join {{ ref('stg_submission') }} as submission on submission.submission_id = line.submission_id
    left join {{ ref('stg_name') }} as project on project.text = line.project_name
    left join {{ ref('stg_name') }} as investor on investor.text = line.investor_name
    where submission.counts
),

-- A unit that names a project twice in a month claims it once.
claim as (
    select *, row_number() over (partition by period, project_key, unit order by line_id) as place
    from line
),

project as (
    select
        period, project_key,
        cast(count(*) as integer) as claimed_by,
        {{ dbt.listagg('unit', "' '", 'order by unit') }} as claiming_units,
        cast(sum(coalesce(split_ratio, 100)) as decimal(20, 6)) as share_total_pct,
        min(line_id) as first_line
    from claim
    where place = 1
    group by period, project_key
)

select
    claim.*,
    project.claimed_by,
    project.claiming_units,
    coalesce(claim.split_ratio, 100) as share_pct,
    project.share_total_pct,
    project.claimed_by = 1 or project.share_total_pct = 100 or ruled.line_id is not null as is_settled,
    cast(case
        when ruled.line_id is not null then ruled.share_pct
        when project.claimed_by = 1 or project.share_total_pct = 100 then coalesce(claim.split_ratio, 100)
        when setting.unsettled = 'first' then case when claim.line_id = project.first_line then 100 else 0 end
        when setting.unsettled = 'equal' then {{ quotient('100', 'project.claimed_by') }}
        else 0
    end as decimal(20, 6)) as credited_pct
from claim
inner join project on project.period = claim.period and project.project_key = claim.project_key
left join {{ ref('int_claim') }} as ruled on ruled.line_id = claim.line_id and ruled.state = 'ruled'
cross join {{ ref('stg_setting') }} as setting
where claim.place = 1
