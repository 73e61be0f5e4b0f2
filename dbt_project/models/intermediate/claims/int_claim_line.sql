-- Every line in force that names a project and may be a claim on it, under the one key that people gave the project. A return
-- that was refused claims as well until another comes in its place: its line gets nothing, and nobody else gets its project.
{% set forms = {
    'investment_monthly': {'owner': 'investor', 'amount': 'arrived_ytd', 'whole': 'contracted_amount', 'since': 'signed_date',
                           'place': 'cast(null as varchar)', 'split': 'line.split_ratio',
                           'second': 'arrived_recognised'},
    'key_project_monthly': {'owner': 'builder', 'amount': 'completed_ytd', 'whole': 'total_investment',
                            'since': 'actual_start_date', 'place': 'line.township', 'split': 'cast(null as decimal(20, 6))',
                            'second': 'annual_plan'},
} %}
with

-- A line with an error of its own is no claim until it is corrected; one that only P18 holds back is.
wrong as (
    select line_id from {{ ref('stg_landed__issue') }}
    where
        severity = 'error' and rule <> 'P18' and line_id is not null
        and not {{ is_answered('state') }}
    group by line_id
),

-- One that is refused because it may be about another unit, form or period claims nothing.
about_another as (
    select submission_id from {{ ref('stg_landed__issue') }} where rule in ('F22', 'F23', 'F24', 'F32') group by submission_id
),

standing as (
    select *, not counts as is_refused
    from (
        select
            *,
            max(version) over (partition by unit, form, period, sub_unit) as last_version,
            bool_or(counts) over (partition by unit, form, period) as has_counting
        from {{ ref('stg_landed__submission') }}
        where
            counts
            or (
                verdict = 'rejected' and is_placed and not is_misplaced and not is_echo and withdrawal is null
                and submission_id not in (select submission_id from about_another)
            )
    ) as claiming
    where counts or (version = last_version and not has_counting)
),

line as (
    {% for form, has in forms.items() -%}
    {% if not loop.first %}union all {% endif -%}
    select
        '{{ form }}' as form,
        line.period,
        line.unit,
        {% if form == 'investment_monthly' %}coalesce(introducing.unit, line.unit){% else %}line.unit{% endif %} as claimant,
        {{ project_key('line.project_code', 'project.norm', 'owner.norm') }} as natural_key,
        line.project_code,
        line.project_name,
        project.norm as name_norm,
        line.{{ has.owner }}_name as owner_name,
        owner.norm as owner_norm,
        line.{{ has.owner }}_uscc as owner_uscc,
        {{ has.place }} as place,
        line.{{ has.amount }} as amount,
        line.{{ has.second }} as second_amount,
        line.{{ has.whole }} as whole_amount,
        line.{{ has.since }} as since_date,
        {{ has.split }} as split_ratio,
        line.quality_status,
        submission.is_refused,
        submission.received_at,
        submission.receipt_order,
        line.line_id,
        line.submission_id,
        submission.file,
        line.sheet,
        line.row_no,
        line.cells
    from {{ ref('stg_landed__' ~ form) }} as line
    inner join standing as submission on submission.submission_id = line.submission_id
    left join {{ ref('stg_landed__name') }} as project on project.text = line.project_name
    left join {{ ref('stg_landed__name') }} as owner on owner.text = line.{{ has.owner }}_name
    {% if form == 'investment_monthly' -%}
    left join {{ ref('stg_landed__name') }} as introducing on introducing.text = line.introducing_unit
    {% endif -%}
    where line.line_id not in (select line_id from wrong)
    {% endfor %}
)

select
    line.*,
    coalesce(identity.same_as, line.natural_key) as project_key,
    case when line.owner_uscc is not null and line.name_norm is not null
        then line.owner_uscc || '|' || line.name_norm else line.line_id end as firm_and_name
from line
left join {{ ref('stg_standards__project_identity') }} as identity
    on
        identity.project_key = line.natural_key
        and identity.kind <> 'distinct'
        and line.period >= identity.first_period
