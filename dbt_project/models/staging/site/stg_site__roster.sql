select roster.unit, roster.form, roster.period, roster.deadline, roster.due_by, roster.extended_from
from {{ source('site', 'roster') }} as roster
