-- Lines of one project under other introducing units in the same month, with their shares.
claimed AS (
    SELECT l.line_id, l.submission_id, l.split_ratio, o.split_ratio AS other_share, o.introducing_unit AS other_unit
    FROM {{ lines }} l JOIN {{ history }}.investment_monthly o ON o.period = l.period AND o.project_code = l.project_code
    WHERE o.introducing_unit_code <> l.introducing_unit_code
    UNION
    SELECT l.line_id, l.submission_id, l.split_ratio, o.split_ratio, o.introducing_unit
    FROM {{ lines }} l JOIN {{ history }}.investment_monthly o
      ON o.period = l.period AND o.investor_uscc = l.investor_uscc AND o.project_name_norm = l.project_name_norm
    WHERE o.introducing_unit_code <> l.introducing_unit_code
)
