{{ lines_that_count('ex_ante_evaluation') }}
