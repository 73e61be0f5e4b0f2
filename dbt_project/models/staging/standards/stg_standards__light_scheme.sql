select
    light_scheme,
    name,
    basis,
    best_from,
    middle_from,
    best,
    middle,
    worst,
    due_start_red,
    is_chosen
from {{ source('standards', 'light_scheme') }}
