{{ lines_that_count('budget_execution_monthly') }}
