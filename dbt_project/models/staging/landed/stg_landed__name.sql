select name.text, name.norm, known.unit
from {{ source('landed', 'name') }} as name
left join {{ ref('stg_site__unit_name') }} as known on known.name_norm = name.norm
