-- An issue over the successive submissions of one unit and form: new, repeated, mended, returned (屡查屡犯).
with life as (
    select
        unit, sub_unit, form, rule, scope, business_key, column_name,
        max(turns) as turns,
        max(turn) as last_turn,
        max(case when begins = 1 then turn end) as last_begin,
        count(*) as times,
        sum(begins) as spells,
        min(received_at) as first_seen_at,
        max(received_at) as last_seen_at
    from {{ ref('int_issue_by_turn') }}
    group by unit, sub_unit, form, rule, scope, business_key, column_name
)

select
    life.unit,
    life.sub_unit,
    life.form,
    life.rule,
    life.scope,
    life.business_key,
    life.column_name,
    case
        when life.last_turn < life.turns then 'mended'
        when life.last_begin < life.last_turn then 'repeated'
        when life.spells > 1 then 'returned'
        else 'new'
    end as state,
    life.first_seen_at,
    first_turn.submission_id as first_submission_id,
    life.last_seen_at,
    last_turn.submission_id as last_submission_id,
    cast(life.times as integer) as times,
    cast(life.spells - 1 as integer) as returns
from life
{% for turn, begun in {'first_turn': 'min', 'last_turn': 'max'}.items() -%}
inner join (
    select
        unit, sub_unit, form, rule, scope, business_key, column_name, submission_id,
        row_number() over (
            partition by unit, sub_unit, form, rule, scope, business_key, column_name
            order by turn {{ 'desc' if begun == 'max' }}) as place
    from {{ ref('int_issue_by_turn') }}
) as {{ turn }}
    on
        {{ turn }}.place = 1
        and {{ turn }}.unit = life.unit
        and {{ turn }}.sub_unit = life.sub_unit
        and {{ turn }}.form = life.form
        and {{ turn }}.rule = life.rule
        and {{ turn }}.scope = life.scope
        and {{ turn }}.business_key = life.business_key
        and {{ turn }}.column_name = life.column_name
{% endfor %}
