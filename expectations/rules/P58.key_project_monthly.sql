-- Progress far ahead of what the treasury has paid for the item of the same name.
WITH paid AS (
    SELECT period, budget_item_norm AS item, sum(spent_ytd) AS spent FROM {{ history }}.budget_execution_monthly GROUP BY ALL
)
SELECT l.line_id, l.submission_id, 'completed_ytd' AS column_name, {{ money('b.spent') }} AS expected, l.completed_ytd - b.spent AS difference
FROM {{ lines }} l JOIN paid b ON b.period = l.period AND b.item = l.project_name_norm
WHERE l.category IN ('城建', '民生', '基础设施') AND l.completed_ytd > 0 AND b.spent < {{ cfg.pay_share }} * l.completed_ytd
