select rate.month, rate.rate, rate.rate_date, rate.source
from {{ source('landed', 'fx_rate') }} as rate
