select dimension, form from {{ source('standards', 'fitness_scope') }}
