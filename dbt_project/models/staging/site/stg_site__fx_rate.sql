select rate.month, rate.rate, rate.rate_date, rate.source
from {{ source('site', 'fx_rate') }} as rate
