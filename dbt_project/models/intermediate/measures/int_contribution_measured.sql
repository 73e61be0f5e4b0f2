-- What every line, slot and submission adds to every figure, out of the columns in which it was measured. A column that is
-- blank adds nothing; the seed measure_column says which figure a column belongs to, and where it counts. Rows of a line that is
-- held back (`is_held`) are what it would add if it counted: they are in no figure, and say between which ends it may move.
{% set measured = [
    'investment', 'success', 'arrival', 'key_project', 'unfounded_start', 'size', 'dwell', 'contact', 'budget', 'promotion', 'approval', 'rectification',
    'evaluation', 'ex_ante', 'funding', 'landed', 'milestone', 'raised', 'target', 'line', 'slot', 'submission',
] -%}
{#- What a measured model says of a row; all its other columns are figures. -#}
{% set said = "'line_id', 'submission_id', 'slot_id', 'form', 'period', 'unit', 'basis', 'uom', 'is_held', 'is_first_of_project',
    'share_pct'" -%}
with

-- Every model has those it needs; blank are those that none needs.
added as (
    select
        cast(null as varchar) as slot_id, cast(null as varchar) as basis, cast(null as varchar) as uom,
        cast(null as boolean) as is_held,
        cast(null as boolean) as is_first_of_project, cast(null as decimal(20, 6)) as share_pct
    where false
    {% for name in measured %}
    union all by name
    select * replace (cast(contribution as decimal(20, 6)) as contribution), '{{ name }}' as measured
    from (
        unpivot {{ ref('int_' ~ name ~ '_measured') }} on columns(lambda c: c not in ({{ said }}))
        into name column_name value contribution
    )
    {% endfor %}
),

named as (
    select
        added.form,
        added.period,
        added.unit,
        measure.counts_at,
        measure.indicator,
        case when measure.basis = '*' then added.basis else coalesce(measure.basis, '') end as basis,
        measure.role,
        coalesce(replace(measure.read_from, '|', ','), '') as columns,
        added.contribution,
        added.line_id,
        added.submission_id,
        added.slot_id,
        added.uom,
        added.measured,
        coalesce(added.is_held, false) as is_held,
        -- Whether the model says what a line that is held back would add.
        added.is_held is not null as is_told,
        -- NULL where the model knows no shares: a count of rows is nobody's in part.
        case when added.share_pct is not null then measure.counts_at in ('both', 'both_shared') end as is_by_share,
        coalesce(added.is_first_of_project, true) as is_first,
        coalesce(added.share_pct, 100) as share_pct
    from added
    inner join {{ ref('measure_column') }} as measure
        on
            measure.measured = added.measured
            and measure.column_name = added.column_name
            and measure.form in (added.form, '*')
),

-- A project that several units share (indicators.md section 0, rule 10): every unit with a share has it, with its part of the
-- amount where the figure is both_shared, and the county has it once and whole. Where one unit has all of it the row is one. Of what
-- a unit with no share now would have if all of the project were its own, the row is held. A row is placed while it passes by:
-- with the rows beside each other in three queries, all of them would lie in memory first.
placed as (
    select
        *,
        unnest(case
            when counts_at not like 'both\_%' escape '\' then [counts_at]
            when is_first and share_pct = 100 then ['both']
            else list_filter([
                case when share_pct > 0 then 'unit' end,
                case when is_first then 'county' end,
                case when share_pct = 0 and not is_held then 'if_its_own' end
            ], lambda place: place is not null)
        end) as place
    from named
)

select
    * exclude (is_first, share_pct, place)
    replace (
        case when place = 'if_its_own' then 'unit' else place end as counts_at,
        case
            when counts_at = 'both_shared' and place in ('unit', 'both') then cast(contribution * share_pct * 0.01 as decimal(20, 6))
            else contribution
        end as contribution,
        is_held or place = 'if_its_own' as is_held
    )
from placed
