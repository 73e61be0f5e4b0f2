{#-
  Divide exactly, rounded half-up to `places` decimals; NULL where the denominator is 0 or NULL
  (indicators.md section 0, rules 1 to 4). DuckDB makes floats of decimals that it divides, so whole numbers of millionths
  are divided.
-#}
{% macro quotient(numerator, denominator, places=6, factor=1) -%}
    {{ adapter.dispatch('quotient')(numerator, denominator, places, factor) }}
{%- endmacro %}
{% macro default__quotient(numerator, denominator, places, factor) -%}
    {%- set n %}cast(cast({{ numerator }} as decimal(30, 6)) * 1000000 as hugeint){% endset -%}
    {%- set d %}cast(cast({{ denominator }} as decimal(30, 6)) * 1000000 as hugeint){% endset -%}
    {%- set step = '1' if places == 0 else '0.' ~ '0' * (places - 1) ~ '1' -%}
    cast(
        cast(
            sign({{ n }}) * sign({{ d }})
            * ((abs({{ n }}) * {{ 2 * factor * 10 ** places }} + abs({{ d }})) // nullif(2 * abs({{ d }}), 0))
            as decimal(30, 0)
        ) * {{ step }} as decimal(20, 6)
    )
{%- endmacro %}
{% macro postgres__quotient(numerator, denominator, places, factor) -%}
    {%- set n %}cast({{ numerator }} as decimal(30, 6)){% endset -%}
    {%- set d %}cast({{ denominator }} as decimal(30, 6)){% endset -%}
    {%- set step = '1' if places == 0 else '0.' ~ '0' * (places - 1) ~ '1' -%}
    cast(
        sign({{ n }}) * sign({{ d }})
        * div(abs({{ n }}) * {{ 2 * factor * 10 ** places }} + abs({{ d }}), nullif(2 * abs({{ d }}), 0)) * {{ step }}
        as decimal(20, 6)
    )
{%- endmacro %}

{#- 100 · numerator / denominator, in percentage points. -#}
{% macro percent(numerator, denominator) -%}
    {{ quotient(numerator, denominator, 6, 100) }}
{%- endmacro %}
