{#- Lists within a row: the names of what was sent in a line, what two lists share and whether they do, how much a list holds. -#}
{% macro keys_of(json) -%}{{ adapter.dispatch('keys_of')(json) }}{%- endmacro %}
{% macro default__keys_of(json) -%}json_keys({{ json }}){%- endmacro %}
{% macro postgres__keys_of(json) -%}array(select json_object_keys(cast({{ json }} as json))){%- endmacro %}

{% macro in_common(one, other) -%}{{ adapter.dispatch('in_common')(one, other) }}{%- endmacro %}
{% macro default__in_common(one, other) -%}list_intersect({{ one }}, {{ other }}){%- endmacro %}
{% macro postgres__in_common(one, other) -%}array(select unnest({{ one }}) intersect select unnest({{ other }})){%- endmacro %}

{% macro have_any(one, other) -%}{{ adapter.dispatch('have_any')(one, other) }}{%- endmacro %}
{% macro default__have_any(one, other) -%}list_has_any({{ one }}, {{ other }}){%- endmacro %}
{% macro postgres__have_any(one, other) -%}({{ one }} && {{ other }}){%- endmacro %}

{% macro how_many(list) -%}{{ adapter.dispatch('how_many')(list) }}{%- endmacro %}
{% macro default__how_many(list) -%}len({{ list }}){%- endmacro %}
{% macro postgres__how_many(list) -%}cardinality({{ list }}){%- endmacro %}

{#- A text of members with commas, or another mark, between them as a list. An empty text is a list of one empty member. -#}
{% macro listed(text, mark=',') -%}{{ adapter.dispatch('listed')(text, mark) }}{%- endmacro %}
{% macro default__listed(text, mark) -%}string_split({{ text }}, '{{ mark }}'){%- endmacro %}
{% macro postgres__listed(text, mark) -%}
    case when {{ text }} = '' then array[''] else string_to_array({{ text }}, '{{ mark }}') end
{%- endmacro %}

{#- The words of all texts of a group, each once and in order. -#}
{% macro distinct_words(text) -%}{{ adapter.dispatch('distinct_words')(text) }}{%- endmacro %}
{% macro default__distinct_words(text) -%}
    array_to_string(list_sort(list_distinct(string_split(string_agg({{ text }}, ' '), ' '))), ' ')
{%- endmacro %}
{% macro postgres__distinct_words(text) -%}
    (select string_agg(distinct word, ' ' order by word) from unnest(string_to_array(string_agg({{ text }}, ' '), ' ')) as known (word))
{%- endmacro %}

{#- The greatest of a list. -#}
{% macro greatest_of(list) -%}{{ adapter.dispatch('greatest_of')(list) }}{%- endmacro %}
{% macro default__greatest_of(list) -%}list_max({{ list }}){%- endmacro %}
{% macro postgres__greatest_of(list) -%}(select max(member) from unnest({{ list }}) as listed (member)){%- endmacro %}
