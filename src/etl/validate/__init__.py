"""Judge what was staged: rules in SQL, cascades, sentences and verdicts."""
