{#-
  Points of a leaf of a scheme for the figure `base`, by the leaf's own formula: exact, six decimals, never rounded to
  what is printed. `leaf` has formula, weight, polarity, cap, zero_at, full_at, per, free; `step` are the points of the
  band that the figure falls into, or of the rung that the place stands on.
-#}
{% macro points(leaf, base, step) -%}
    case {{ leaf }}.formula
        when 'ratio' then cast({{ leaf }}.weight * 0.01 * case {{ leaf }}.polarity
            when '+' then greatest(0, least({{ base }}, {{ leaf }}.cap))
            else greatest(0, least(200 - {{ base }}, {{ leaf }}.cap)) end as decimal(20, 6))
        when 'interval' then {{ between_ends(leaf, base) }}
        when 'distance' then {{ between_ends(leaf, base) }}
        when 'step' then {{ step }}
        when 'rank' then {{ step }}
        when 'per_item' then cast(least(
            {{ leaf }}.weight, {{ leaf }}.per * greatest(0, {{ base }} - {{ leaf }}.free)
        ) as decimal(20, 6))
        when 'deduction' then cast(greatest(
            0, {{ leaf }}.weight - {{ leaf }}.per * greatest(0, {{ base }} - {{ leaf }}.free)
        ) as decimal(20, 6))
        when 'direct' then least({{ leaf }}.weight, greatest(0, {{ base }}))
    end
{%- endmacro %}

{#- No points at one end, all at the other, in proportion between them. -#}
{% macro between_ends(leaf, base) -%}
    least({{ leaf }}.weight, greatest(0, {{ quotient(
        leaf ~ '.weight * (' ~ base ~ ' - ' ~ leaf ~ '.zero_at)', leaf ~ '.full_at - ' ~ leaf ~ '.zero_at'
    ) }}))
{%- endmacro %}

{#- 100 · rate / time progress, by the exact share of the year: a third of a year is four months, not 33.333333 %. -#}
{% macro against_time(rate, time_progress) -%}
    {{ quotient('12 * (' ~ rate ~ ')', 'cast(round(0.12 * ' ~ time_progress ~ ', 0) as integer)') }}
{%- endmacro %}

{#- Is less of the figure that a formula takes better? Of places it always is. -#}
{% macro less_is_better(leaf) -%}
    ({{ leaf }}.formula = 'rank' or {{ leaf }}.polarity = '-')
{%- endmacro %}

{#- Is an edge of a stepwise leaf passed by a figure? The highest edge passed is the band: where less is better, the lowest. -#}
{% macro passes(band, leaf, base) -%}
    {{ band }}.scheme = {{ leaf }}.scheme
    and {{ band }}.version = {{ leaf }}.version
    and {{ band }}.node = {{ leaf }}.node
    and case when {{ less_is_better(leaf) }} then {{ band }}.edge >= {{ base }} else {{ band }}.edge <= {{ base }} end
{%- endmacro %}
