{#- As many rows here as there. -#}
{% test rows_agree(model, with, only='true') %}
select here.times as here, there.times as there
from (select count(*) as times from {{ model }}) as here
cross join (select count(*) as times from {{ with }} where {{ only }}) as there
where here.times <> there.times
{% endtest %}
