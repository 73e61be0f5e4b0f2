-- Every folded name by which a unit is known; the register's own names come first.
select name.norm as name_norm, min(unit.unit) as unit
from {{ source('site', 'unit') }} as unit
inner join {{ source('landed', 'name') }} as name on name.text = unit.name
group by name.norm
union all
select alias.alias_norm as name_norm, min(alias.unit) as unit
from {{ source('site', 'unit_alias') }} as alias
where
    alias.alias_norm not in (
        select name.norm
        from {{ source('site', 'unit') }} as unit
        inner join {{ source('landed', 'name') }} as name on name.text = unit.name
    )
group by alias.alias_norm
