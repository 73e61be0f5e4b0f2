{#- A column adds up to the same here as there: nothing was lost or counted twice on the way. -#}
{% test sums_agree(model, column_name, with, as_column=none, only='true') %}
select here.total as here, there.total as there
from (select coalesce(sum({{ column_name }}), 0) as total from {{ model }}) as here
cross join (
    select coalesce(sum({{ as_column or column_name }}), 0) as total from {{ with }} where {{ only }}
) as there
where here.total <> there.total
{% endtest %}
