{#- A figure by its kind (seed indicator.csv), from what stands above the line and what stands below it. -#}
{% macro worked_out(numerator) -%}
case
    when kind = 'sum' then cast({{ numerator }} - minus as decimal(20, 6))
    when kind in ('ratio', 'attained')
        then cast({{ quotient('factor * ' ~ numerator, 'denominator') }} - minus as decimal(20, 6))
    when kind = 'difference' then cast({{ numerator }} - denominator as decimal(20, 6))
    when kind = 'growth' and denominator > 0
        then {{ quotient('factor * (' ~ numerator ~ ' - denominator)', 'denominator') }}
    when kind = 'root' and denominator > 0 and {{ numerator }} >= 0
        then cast(100 * (sqrt(cast({{ numerator }} as double precision) / cast(denominator as double precision)) - 1) as decimal(20, 6))
    when kind = 'median' then cast(median as decimal(20, 6))
    when kind = 'max' then cast(greatest as decimal(20, 6))
end
{%- endmacro %}
