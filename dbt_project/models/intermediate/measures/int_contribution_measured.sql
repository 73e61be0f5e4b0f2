-- What every line, slot and submission adds to every figure, out of the columns in which it was measured. A column that is
-- blank adds nothing; the seed measure_column says which figure a column belongs to, and where it counts. Rows of a line that is
-- held back (`is_held`) are what it would add if it counted: they are in no figure, and say between which ends it may move.
{{ config(meta={'by_period': true}) }}
{% set measured = [
    'investment', 'success', 'arrival', 'key_project', 'unfounded_start', 'size', 'dwell', 'contact', 'budget', 'promotion', 'approval', 'rectification',
    'evaluation', 'ex_ante', 'funding', 'landed', 'milestone', 'raised', 'target', 'line', 'slot', 'submission',
] -%}
{#- What a measured model may say of a row; all its other columns are figures. -#}
{% set said = {
    'line_id': 'varchar', 'submission_id': 'varchar', 'slot_id': 'varchar', 'form': 'varchar', 'period': 'varchar', 'unit': 'varchar',
    'basis': 'varchar', 'uom': 'varchar', 'is_held': 'boolean', 'is_first_of_project': 'boolean', 'share_pct': 'decimal(20, 6)',
} -%}
with

added as (
    {{ contributions(measured, said) }}
),

named as (
    select
        added.form,
        added.period,
        added.unit,
        measure.counts_at,
        measure.counts_at like 'both\_%' escape '\' as is_divided,
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
        named.*,
        places.place
    from named
    cross join (values ('whole'), ('unit'), ('county'), ('if_its_own')) as places (place)
    where
        case places.place
            when 'whole' then not is_divided or (is_first and share_pct = 100)
            when 'unit' then is_divided and share_pct > 0 and not (is_first and share_pct = 100)
            when 'county' then is_divided and is_first and share_pct <> 100
            else is_divided and share_pct = 0 and not is_held
        end
)

select
    form, period, unit, indicator, basis, role, columns, line_id, submission_id, slot_id, uom, measured, is_told, is_by_share,
    is_held or place = 'if_its_own' as is_held,
    case
        when place = 'whole' and not is_divided then counts_at
        when place = 'whole' then 'both'
        when place = 'county' then 'county'
        else 'unit'
    end as counts_at,
    case
        when counts_at = 'both_shared' and place in ('whole', 'unit') then cast(contribution * share_pct * 0.01 as decimal(20, 6))
        else contribution
    end as contribution
from placed
