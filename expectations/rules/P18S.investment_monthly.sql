-- Shares of one project that leave a part to nobody.
WITH {% include 'investment_monthly/shares.sql' %}
SELECT line_id, submission_id, 'split_ratio' AS column_name, {{ num('split_ratio + sum(other_share)') }} AS value,
       '100' AS expected, split_ratio + sum(other_share) - 100 AS difference
FROM claimed
GROUP BY line_id, submission_id, split_ratio
HAVING count(other_share) = count(*) AND split_ratio + sum(other_share) < 100
