select rule, dimension from {{ source('standards', 'fitness_rule') }}
