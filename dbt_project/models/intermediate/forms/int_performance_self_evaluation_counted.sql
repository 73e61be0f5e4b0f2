{{ lines_that_count('performance_self_evaluation') }}
