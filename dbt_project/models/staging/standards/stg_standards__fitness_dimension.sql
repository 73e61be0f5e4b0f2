select dimension, name, uom, better, fit, reserved, place from {{ source('standards', 'fitness_dimension') }}
