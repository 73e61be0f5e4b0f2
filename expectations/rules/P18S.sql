-- Shares of one project that leave a part to nobody.
SELECT line_id, submission_id, '{{ role.share }}' AS column_name, {{ num('share + sum(other_share)') }} AS value,
       '100' AS expected, share + sum(other_share) - 100 AS difference
FROM ({{ claimed() }})
GROUP BY line_id, submission_id, share
HAVING count(other_share) = count(*) AND share + sum(other_share) < 100
