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
    {% for form, basis, owner in [
        ('key_project_monthly', 'completed_ytd', 'builder_name'),
        ('budget_execution_monthly', 'spent_ytd', none),
        ('investment_monthly', 'arrived_ytd', 'investor_name'),
        ('investment_monthly', 'arrived_recognised', 'investor_name'),
        ('investment_monthly', 'arrived_ytd_out_of_province', 'investor_name'),
    ] -%}
    {% if not loop.first %}union all {% endif -%}
    select
        line_id, submission_id, '{{ basis }}' as basis, {{ basis }} as amount, quality_status,
        {{ "coalesce(project_code, project_name || '@' || " ~ owner ~ ")" if owner else "null" }} as project
    from {{ ref('stg_landed__' ~ form) }}
    {% endfor %}
),

base as (
    select
        version.form, later.period, version.unit, line.basis, 'denominator' as role,
        line.basis as columns, cast(line.amount as decimal(20, 6)) as contribution, line.line_id, line.submission_id,
        -- A project that several units report is one of the county.
        case
            when line.project is null or 1 = row_number() over (
                partition by version.form, version.period, line.basis, line.project order by line.amount desc nulls last, line.line_id
            ) then 'both' else 'unit'
        end as counted_at
    from line
    inner join version on version.submission_id = line.submission_id and version.place = 1
    inner join {{ ref('int_period_dated') }} as later on later.year_before = version.period
    where line.quality_status <> 'quarantined' and line.amount is not null
),

now as (
    select
        part.form, part.period, part.unit, part.indicator as basis, part.role, part.columns, part.contribution, part.line_id,
        part.submission_id, part.counts_at as counted_at, part.is_held, part.is_told, part.is_by_share
    from {{ ref('int_contribution_measured') }} as part
    inner join {{ ref('growth_basis') }} as basis
        on basis.form = part.form and basis.indicator = part.indicator and basis.keeps_first_base
    where part.role = 'numerator'
),

part as (
    select * from now
    union all
    select *, cast(null as boolean) as is_held, cast(null as boolean) as is_told, cast(null as boolean) as is_by_share from base
),

placed as (
    select part.*, 'unit' as counts_at
    from part
    inner join restated on restated.form = part.form and restated.unit = part.unit and restated.period = part.period
    where part.counted_at <> 'county'
    union all
    select part.*, 'county' as counts_at
    from part
    inner join (select distinct form, period from restated) as restated on restated.form = part.form and restated.period = part.period
    where part.counted_at <> 'unit'
),

growth as (
    select 'yoy_growth_first' as indicator
    union all
    select 'net_increase_first' as indicator
)

select
    placed.form, placed.period, placed.unit, placed.counts_at, growth.indicator, placed.basis, placed.role, placed.columns,
    placed.contribution, placed.line_id, placed.submission_id, placed.is_held, placed.is_told, placed.is_by_share
from placed
cross join growth
