{#-
  How the points of a leaf came about, in words that a clerk follows with a pocket calculator: operands carry as many digits as
  the sum shown needs (a third of a year is 4÷12, not 33.33), and what the scheme's policy made of the figure stands behind.
-#}
{% macro exactly(number) -%}
    regexp_replace(cast(cast({{ number }} as decimal(20, 6)) as varchar), '\.?0+$', '')
{%- endmacro %}

{#- A number in the middle of a sum: what is below nothing stands in brackets. -#}
{% macro in_brackets(number) -%}
    case when {{ number }} < 0 then '(' || {{ exactly(number) }} || ')' else {{ exactly(number) }} end
{%- endmacro %}

{#- The figure of a leaf without points or all, in proportion between its ends. -#}
{% macro working_between(leaf) -%}
    {{ exactly(leaf ~ '.zero_at') }} || '得0分、' || {{ exactly(leaf ~ '.full_at') }} || '得满分：'
    || case
        when {{ is_clipped(leaf) }} then {{ exactly(leaf ~ '.base') }}
        else '(' || {{ exactly(leaf ~ '.base') }} || '-' || {{ in_brackets(leaf ~ '.zero_at') }} || ')÷('
            || {{ exactly(leaf ~ '.full_at') }} || '-' || {{ in_brackets(leaf ~ '.zero_at') }} || ')×' || {{ exactly(leaf ~ '.weight') }}
    end
{%- endmacro %}

{#- Is the figure beyond the ends between which the formula is an equation? -#}
{% macro is_clipped(leaf) -%}
    case
        when {{ leaf }}.formula in ('interval', 'distance')
            then {{ leaf }}.base <= least({{ leaf }}.zero_at, {{ leaf }}.full_at)
                or {{ leaf }}.base >= greatest({{ leaf }}.zero_at, {{ leaf }}.full_at)
        when {{ leaf }}.formula in ('deduction', 'per_item')
            then {{ leaf }}.per * greatest(0, {{ leaf }}.base - {{ leaf }}.free) > {{ leaf }}.weight
        else false
    end
{%- endmacro %}

{#- 上级9×50%+平级8×30%（群众未评，计0分）=: the weighted mean of a group of assessors, NULL where one score stands alone. -#}
{% macro told_by_assessors() -%}
    case when count(*) > 1 then
        case when max(divisor) < 100 then '(' else '' end
        || {{ dbt.listagg(
            "case when score is not null then assessor || " ~ exactly('score') ~ " || '×' || " ~ exactly('share_pct') ~ " || '%' end",
            "'+'", 'order by place'
        ) }}
        || case when max(divisor) < 100 then ')÷' || {{ exactly('max(divisor)') }} || '%' else '' end
        || case when max(given_pct) < 100 then
            '（' || {{ dbt.listagg("case when score is null then assessor end", "'、'", 'order by place') }}
            || case max(policy) when 'leave_out' then '未评，不参加）=' else '未评，计0分）=' end
            else '=' end
    end
{%- endmacro %}

{% macro working(leaf) -%}
case
    when {{ leaf }}.status = 'zero' and {{ leaf }}.formula <> 'veto' then '计0分'
    when {{ leaf }}.status = 'carried' then '用' || {{ leaf }}.believed_period || '的数，得' || {{ exactly(leaf ~ '.believed_points') }} || '分'
    when {{ leaf }}.value is not null then
        case when {{ leaf }}.earning <> {{ leaf }}.value
            then '扣除估计数后为' || {{ exactly(leaf ~ '.earning') }} || '；' else '' end
        || case when {{ leaf }}.against = 'time' then
            {{ exactly(leaf ~ '.earning') }} || '÷时序进度(' || cast(round(0.12 * {{ leaf }}.time_progress, 0) as integer)
            || '÷12)=' || {{ exactly(leaf ~ '.base') }} || '；' else '' end
        || case {{ leaf }}.formula
            when 'ratio' then case
                when {{ leaf }}.polarity = '+' and {{ leaf }}.base > {{ leaf }}.cap
                    then '按上限' || {{ exactly(leaf ~ '.cap') }} || '计：' || {{ exactly(leaf ~ '.cap') }}
                when {{ leaf }}.polarity = '+' then {{ exactly('greatest(0, ' ~ leaf ~ '.base)') }}
                when 200 - {{ leaf }}.base > {{ leaf }}.cap
                    then '按上限' || {{ exactly(leaf ~ '.cap') }} || '计：' || {{ exactly(leaf ~ '.cap') }}
                when 200 - {{ leaf }}.base < 0 then '0'
                else '(200-' || {{ exactly(leaf ~ '.base') }} || ')'
                end || '÷100×' || {{ exactly(leaf ~ '.weight') }}
            when 'interval' then {{ working_between(leaf) }}
            when 'distance' then '平均数' || {{ exactly(leaf ~ '.average') }} || '（' || {{ leaf }}.compared_units
                || case when {{ leaf }}.base < 0 then '个单位），低' else '个单位），高' end || {{ exactly('abs(' ~ leaf ~ '.base)') }} || '%；'
                || {{ working_between(leaf) }}
            when 'rank' then '按名次（' || {{ leaf }}.bands || '）：第' || {{ exactly(leaf ~ '.base') }} || '名，共'
                || {{ leaf }}.compared_units || '个单位'
                || case when {{ leaf }}.tied_units > 1 then '，并列' || {{ leaf }}.tied_units || '个' else '' end
            when 'per_item' then {{ exactly(leaf ~ '.base') }}
                || case when {{ leaf }}.uom in ('个', '次', '条', '项') then {{ leaf }}.uom else '' end
                || case when {{ leaf }}.free > 0 then '，' || {{ exactly(leaf ~ '.free') }} || '以内不计' else '' end
                || '，每1得' || {{ exactly(leaf ~ '.per') }} || '分：' || {{ exactly(leaf ~ '.per') }} || '×'
                || {{ exactly('greatest(0, ' ~ leaf ~ '.base - ' ~ leaf ~ '.free)') }}
                || case when {{ is_clipped(leaf) }} then '，得满为止' else '' end
            when 'step' then '按档（' || {{ leaf }}.bands || '）：' || {{ exactly(leaf ~ '.base') }}
            when 'deduction' then {{ exactly(leaf ~ '.base') }}
                || case when {{ leaf }}.uom in ('个', '次', '条', '项') then {{ leaf }}.uom else '' end
                || case when {{ leaf }}.free > 0 then '，' || {{ exactly(leaf ~ '.free') }} || '以内不扣' else '' end
                || '，每1扣' || {{ exactly(leaf ~ '.per') }} || '分：' || {{ exactly(leaf ~ '.weight') }} || '-'
                || {{ exactly(leaf ~ '.per * greatest(0, ' ~ leaf ~ '.base - ' ~ leaf ~ '.free)') }}
                || case when {{ is_clipped(leaf) }} then '，扣完为止' else '' end
            when 'direct' then coalesce({{ leaf }}.told_by, '核定分') || {{ exactly(leaf ~ '.base') }}
            when 'veto' then '实有' || {{ exactly(leaf ~ '.base') }} || case when {{ leaf }}.veto_condition then '，达到' else '，未达到' end
                || {{ exactly(leaf ~ '.at_least') }}
        end
        || case
            when {{ leaf }}.formula = 'veto' then ''
            when {{ leaf }}.formula in ('ratio', 'interval', 'distance', 'deduction', 'per_item') and not ({{ is_clipped(leaf) }}) then '=' || {{ exactly(leaf ~ '.found_points') }}
            else '，得' || {{ exactly(leaf ~ '.found_points') }} || '分'
        end
        || case when {{ leaf }}.status = 'deducted' then '；数据不可用，扣' || {{ exactly(leaf ~ '.deducted_pct') }} || '%：'
            || {{ exactly(leaf ~ '.found_points') }} || '×' || {{ exactly('100 - ' ~ leaf ~ '.deducted_pct') }} || '%='
            || {{ exactly(leaf ~ '.points') }} else '' end
end
{%- endmacro %}
