-- What enters the figures of a unit with all that lies under it: what its units have alone, and of a project that several
-- units share one row. Where all who claim it lie in the branch it is whole, as the county has it; else the branch has their
-- shares, and of what is counted whole one. Figures that only the county has (what its quota lacks) or only units have (their
-- own scores) have none here, nor has growth on a base as it was first accepted.
with

measure as (
    select form, indicator, bool_or(counts_at = 'both_once') as is_once
    from {{ ref('measure_column') }}
    where counts_at like 'both\_%' escape '\'
    group by form, indicator
),

claimed as (
    select 'investment_monthly' as form, line_id, unit, period, project_key, share_pct, is_first_of_project, is_held
    from {{ ref('int_investment_known') }}
    union all
    select 'key_project_monthly' as form, line_id, unit, period, project_key, share_pct, is_first_of_project, is_held
    from {{ ref('int_key_project_known') }}
),

project as (
    select
        line.*, coalesce(claim.claim_key, line.project_key) as shared_key,
        count(*) over (partition by line.form, line.period, coalesce(claim.claim_key, line.project_key)) as claims
    from claimed as line
    left join {{ ref('int_claim_settled') }} as claim on claim.line_id = line.line_id
    where not line.is_held and line.share_pct > 0
),

line as (
    select
        level.branch, project.line_id,
        project.claims = count(*) over (partition by level.branch, project.form, project.period, project.shared_key) as is_whole,
        1 = row_number() over (
            partition by level.branch, project.form, project.period, project.shared_key
            order by project.is_first_of_project desc nulls last, project.share_pct desc nulls last, project.line_id
        ) as is_first
    from project
    inner join {{ ref('int_unit_branch') }} as level on level.unit = project.unit
),

entered as (
    select {{ columns_of(ref('int_contribution'), 'part', replaced={'unit': 'level.branch', 'counts_at': "'branch'"}) }}
    from {{ ref('int_contribution') }} as part
    inner join {{ ref('int_unit_branch') }} as level on level.unit = part.unit
    where part.counts_at = 'both' or part.counts_at = 'unit' and part.entry is not null
),

shared as (
    select {{ columns_of(ref('int_contribution'), 'part', replaced={'unit': 'line.branch', 'counts_at': "'branch'"}) }}
    from {{ ref('int_contribution') }} as part
    inner join line on line.line_id = part.line_id
    inner join measure
        on
            measure.form = part.form
            and measure.indicator
            = case when part.indicator in ('yoy_growth', 'net_increase', 'two_year_avg_growth') then part.basis else part.indicator end
    where
        part.counts_at = case when line.is_whole then 'county' else 'unit' end
        and (line.is_whole or line.is_first or not measure.is_once)
)

select * from entered
union all
select * from shared
