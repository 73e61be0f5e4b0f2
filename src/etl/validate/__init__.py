"""Judge what was staged: rules in SQL, cascades, sentences, verdicts, and the suites that count them again."""
