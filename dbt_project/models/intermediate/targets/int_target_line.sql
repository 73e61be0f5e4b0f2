-- Targets of the submissions that count.
select * from {{ ref('int_target_version') }}
where is_in_force
