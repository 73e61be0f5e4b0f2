{#
    What a table of last night was built from, and whether that is what it would be built from tonight.

    `built` has of each table and view one line for each period in it, with a hash of its rows; rows without a period are period '',
    and what has no column `period` is one line, '*'. `built_from` has a hash of what a model was built from: its SQL, and the lines
    of `built` of all that it reads. A model that says `meta: {by_period: true}` makes the rows of a period out of the rows of this
    period, and of what has no periods (tests/warehouse/test_again.py asks that of each): for it there is a hash for each period,
    and only what belongs to other periods than last night is built again. All others are built anew as a whole, or stay as a whole;
    what reads the landed tables is built anew and looked at.

    A build of other code begins with an empty file (src/etl/transform/begun.py), so seeds and macros are what they were. In
    PostgreSQL all is built anew.
#}
{% macro remembering() %}{{ return(adapter.dispatch('remembering')()) }}{% endmacro %}
{% macro postgres__remembering() %}{% endmacro %}
{% macro default__remembering() %}
    create table if not exists build.main.built (relation varchar, period varchar, content varchar);
    create table if not exists build.main.built_from (relation varchar, period varchar, inputs varchar);
{% endmacro %}

{#- The periods of which a model has to be built again, '*' where all of it has; none where it stays. -#}
{% macro postgres__stale_periods(before) %}{{ return(['*']) }}{% endmacro %}
{% macro default__stale_periods(before) %}
    {% if before is none or model.sources or flags.FULL_REFRESH %}{{ return(['*']) }}{% endif %}
    {% set asked %}
        with wanted as ({{ inputs_of([(model, sql)]) }}),

        known as (from build.main.built_from where relation = '{{ model.name }}')

        select coalesce(wanted.period, known.period) from wanted full join known on known.period = wanted.period
        where wanted.inputs is distinct from known.inputs
    {% endset %}
    {{ return(run_query(asked).columns[0].values() | list) }}
{% endmacro %}

{#- (relation, period, inputs) of models, each given with its SQL. -#}
{% macro inputs_of(compiled) %}
    select
        asked.relation,
        asked.period,
        md5(string_agg(part.upstream || ' ' || part.period || ' ' || part.content, ',' order by part.upstream, part.period, part.content))
        || max(part.compiled) as inputs
    from ({{ parts_of(compiled) }}) as part
    inner join
        (select distinct relation, case when by_period then period else '*' end as period from ({{ parts_of(compiled) }}) as read) as asked
        on asked.relation = part.relation and (not part.by_period or part.period in (asked.period, '*'))
    group by asked.relation, asked.period
{% endmacro %}

{#- The lines of `built` of all that models read. -#}
{% macro parts_of(compiled) %}
    select reads.relation, reads.upstream, reads.by_period, reads.compiled, built.period, built.content
    from (
        values ('', '', false, '')
        {%- for node, sql in compiled %}{% for one in node.depends_on.nodes if one.startswith('model.') -%}
        , ('{{ node.name }}', '{{ one.split('.')[2] }}', {{ node.config.meta.get('by_period', false) }}, '{{ local_md5(sql) }}')
        {%- endfor %}{% endfor %}
    ) as reads (relation, upstream, by_period, compiled)
    inner join build.main.built as built on built.relation = reads.upstream
{% endmacro %}

{#- Build the rows of some periods again. -#}
{% macro again(relation, periods) %}{{ return(adapter.dispatch('again')(relation, periods)) }}{% endmacro %}
{% macro postgres__again(relation, periods) %}{% endmacro %}
{% macro default__again(relation, periods) %}
    {% set these %}coalesce(period, '') in ('{{ periods | join("', '") }}'){% endset %}
    delete from {{ relation }} where {{ these }};
    insert into {{ relation }} by name select * from (
        {{ sql }}
    ) as anew where {{ these }}
{% endmacro %}

{#- Say what is in models now, and what they were made of. A line of its own says that it was looked at: what is empty has no other. -#}
{% macro remembered(compiled) %}{{ return(adapter.dispatch('remembered')(compiled)) }}{% endmacro %}
{% macro postgres__remembered(compiled) %}{% endmacro %}
{% macro default__remembered(compiled) %}
    {% for node, sql in compiled %}
        delete from build.main.built where relation = '{{ node.name }}';
        delete from build.main.built_from where relation = '{{ node.name }}';
        insert into build.main.built
        select '{{ node.name }}', '*', 'built'
        union all
        select '{{ node.name }}', told.part, told.content
        from
            (select '*' as period) as whole,  {# where the relation has no such column, `period` is this one #}
            lateral (
                select coalesce(period, '') as part, count(*) || ' ' || sum(hash(*columns(*))::hugeint) as content
                from {{ node.relation_name }} as itself group by all
            ) as told;
    {% endfor %}
    insert into build.main.built_from {{ inputs_of(compiled) }};
{% endmacro %}

{#- After a first build: of all at once, since asking after each would cost a small county a tenth of its night. -#}
{% macro remember_all(results) %}
    {% if execute and remembering() %}
        {% set known = run_query("select distinct relation from build.main.built").columns[0].values() | list %}
        {% set nodes = [] %}
        {% for result in results if result.node.resource_type == 'model' and result.status == 'success' and result.node.name not in known %}
            {% do nodes.append((result.node, result.node.compiled_code)) %}
        {% endfor %}
        {{ remembered(nodes) if nodes }}
    {% endif %}
{% endmacro %}
