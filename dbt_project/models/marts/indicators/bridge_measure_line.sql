select
    part.form,
    part.period,
    part.unit,
    part.counts_at,
    part.indicator || case when part.basis = '' then '' else '_' || part.basis end as measure,
    part.role,
    part.columns,
    part.contribution,
    part.is_estimated,
    part.line_id,
    part.submission_id,
    part.slot_id,
    part.entry
from (
    {{ union_by_name([ref('int_contribution'), ref('int_contribution_branch')]) }}
) as part
