-- One project under two introducing units without shares, or with shares above the whole.
WITH {% include 'investment_monthly/shares.sql' %}
SELECT line_id, submission_id, 'project_name' AS column_name, string_agg(DISTINCT other_unit, '、' ORDER BY other_unit) AS expected,
       NULL AS difference
FROM claimed
GROUP BY line_id, submission_id, split_ratio
HAVING split_ratio IS NULL OR count(other_share) < count(*) OR split_ratio + sum(other_share) > 100
