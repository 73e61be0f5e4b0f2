{#- An expression is true of every row; unknown counts as untrue. -#}
{% test holds(model, expression) %}
select * from {{ model }} where not coalesce({{ expression }}, false)
{% endtest %}
