select
    rule,
    name as rule_name,
    name_en as rule_name_en,
    dimension,
    severity,
    level,
    sentence,
    version,
    effective_from,
    effective_to
from {{ ref('stg_standards__rule') }}
