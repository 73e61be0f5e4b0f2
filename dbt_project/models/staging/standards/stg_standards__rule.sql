select rule.*, spoken.dimension
from {{ source('standards', 'rule') }} as rule
left join {{ source('standards', 'fitness_rule') }} as spoken on spoken.rule = rule.rule
