{{ lines_that_count('annual_target') }}
