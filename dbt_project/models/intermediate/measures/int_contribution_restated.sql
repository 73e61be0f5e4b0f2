-- Growth on the base as it was first accepted, where a month of the base year was restated since: indicators.md 20 keeps
-- both. The first version of every slot is read again; at the county, of every unit as soon as one of them restated.
with

version as (
    select
        submission_id, unit, form, period, counts,
        row_number() over (partition by unit, form, period, sub_unit order by version, submission_id) as place
    from {{ ref('stg_landed__submission') }}
    where is_placed and not is_echo and withdrawal is null and verdict not in ('rejected', 'unreadable')
),

-- The month of the next year whose base was restated.
restated as (
    select distinct version.form, version.unit, later.period
    from version
    inner join {{ ref('int_period_dated') }} as later on later.year_before = version.period
    where version.place = 1 and not version.counts
),

line as (
    select line_id, submission_id, 'completed_ytd' as basis, completed_ytd as amount, quality_status
    from {{ ref('stg_landed__key_project_monthly') }}
    union all
    select line_id, submission_id, 'spent_ytd' as basis, spent_ytd as amount, quality_status
    from {{ ref('stg_landed__budget_execution_monthly') }}
    union all
    select line_id, submission_id, 'arrived_ytd' as basis, arrived_ytd as amount, quality_status
    from {{ ref('stg_landed__investment_monthly') }}
    union all
    select line_id, submission_id, 'arrived_recognised' as basis, arrived_recognised as amount, quality_status
    from {{ ref('stg_landed__investment_monthly') }}
    union all
    select line_id, submission_id, 'arrived_ytd_out_of_province' as basis, arrived_ytd_out_of_province as amount, quality_status
    from {{ ref('stg_landed__investment_monthly') }}
),

base as (
    select
        version.form, later.period, version.unit, line.basis, 'denominator' as role,
        line.basis as columns, cast(line.amount as decimal(20, 6)) as contribution, line.line_id, line.submission_id
    from line
    inner join version on version.submission_id = line.submission_id and version.place = 1
    inner join {{ ref('int_period_dated') }} as later on later.year_before = version.period
    where line.quality_status <> 'quarantined' and line.amount is not null
),

now as (
    select
        part.form, part.period, part.unit, part.indicator as basis, part.role, part.columns, part.contribution, part.line_id,
        part.submission_id
    from {{ ref('int_contribution_measured') }} as part
    inner join {{ ref('growth_basis') }} as basis
        on basis.form = part.form and basis.indicator = part.indicator and basis.keeps_first_base
    where part.role = 'numerator'
),

part as (
    select * from now
    union all
    select * from base
),

placed as (
    select part.*, 'unit' as counts_at
    from part
    inner join restated on restated.form = part.form and restated.unit = part.unit and restated.period = part.period
    union all
    select part.*, 'county' as counts_at
    from part
    inner join (select distinct form, period from restated) as restated on restated.form = part.form and restated.period = part.period
),

growth as (
    select 'yoy_growth_first' as indicator
    union all
    select 'net_increase_first' as indicator
)

select
    placed.form, placed.period, placed.unit, placed.counts_at, growth.indicator, placed.basis, placed.role, placed.columns,
    placed.contribution, placed.line_id, placed.submission_id
from placed
cross join growth
