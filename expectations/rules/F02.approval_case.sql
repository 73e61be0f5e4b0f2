-- A case over its promised days, decided or still pending at the end of the period, needs its reason.
SELECT line_id, submission_id, 'overdue_reason' AS column_name,
       '已用 ' || {{ num('used') }} || ' 天，承诺 ' || {{ num('promised_days') }} || ' 天' AS expected,
       used - promised_days AS difference
FROM (
    SELECT l.line_id, l.submission_id, l.promised_days, {{ used_days('l.accepted_date', 'coalesce(l.decided_date, l.period_end)') }} AS used
    FROM {{ lines }} l
    WHERE (l.decided_date IS NOT NULL OR {{ missing('decided_date') }}) AND {{ missing('overdue_reason') }}
      AND (l.excluded_days IS NOT NULL OR {{ missing('excluded_days') }})
)
WHERE used > promised_days
