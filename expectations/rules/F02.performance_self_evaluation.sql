-- Points lost need a reason.
SELECT l.line_id, l.submission_id, 'deviation_reason' AS column_name,
       '得分 ' || {{ num('l.self_score') }} || ' 低于分值 ' || {{ num('l.weight') }} || '，应说明原因' AS expected,
       l.self_score - l.weight AS difference
FROM {{ lines }} l
WHERE {{ hi('self_score') }} < {{ lo('weight') }} AND {{ missing('deviation_reason') }}
