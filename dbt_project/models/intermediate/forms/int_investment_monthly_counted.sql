{{ lines_that_count('investment_monthly') }}
