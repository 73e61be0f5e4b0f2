select roster.unit, roster.form, roster.period, roster.deadline
from {{ source('landed', 'roster') }} as roster
