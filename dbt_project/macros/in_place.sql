{#
    A table or view under its own name. dbt-duckdb's own way builds beside, renames and drops what was there, since readers may
    look on; ours are built into a file that nobody reads before it is published, and half the statements of a night went into
    renaming. What last night built of the same stays (macros/remembered.sql).
#}
{% materialization built_table, default %}
    {{ return(create_in_place(this.incorporate(type="table"))) }}
{% endmaterialization %}

{% materialization built_view, default %}
    {{ return(create_in_place(this.incorporate(type="view"))) }}
{% endmaterialization %}

{% macro create_in_place(relation) %}
    {% set before = load_cached_relation(relation) %}
    {% set stale = adapter.dispatch('stale_periods')(before) %}
    {% do adapter.dispatch('plan_joins')() %}
    {% if '*' in stale %}
        {% do drop_relation_if_exists(before) %}
        {% call statement("main") %}
            {{ create_view_as(relation, sql) if relation.is_view else create_table_as(False, relation, sql) }}
        {% endcall %}
        {% do persist_docs(relation, model) %}
    {% else %}
        {% call statement("main") %}{{ again(relation, stale) if stale else 'select 1' }}{% endcall %}
    {% endif %}
    {% set told = remembered([(model, sql)]) if before is not none and stale %}
    {% if told and told.strip() %}
        {% call statement("remembered") %}{{ told }}{% endcall %}
    {% endif %}
    {% do adapter.dispatch('know_rows')(relation) %}
    {% do adapter.commit() %}
    {{ return({"relations": [relation]}) }}
{% endmacro %}

{#-
  How PostgreSQL is to plan: a join over five columns of what is not a table yet it takes for one of a single row and goes through
  all pairs, so that a county's figures take minutes; where it hashes they take seconds. Holds until the commit.
-#}
{% macro default__plan_joins() %}{% endmacro %}
{% macro postgres__plan_joins() %}
    {% call statement("plan_joins") %}set local enable_nestloop = off; set local enable_mergejoin = off{% endcall %}
{% endmacro %}

{#- Let the planner know what was built, before the next table is made of it. DuckDB counts as it writes. -#}
{% macro default__know_rows(relation) %}{% endmacro %}
{% macro postgres__know_rows(relation) %}
    {% if not relation.is_view %}
        {% call statement("know_rows") %}analyze {{ relation }}{% endcall %}
    {% endif %}
{% endmacro %}
