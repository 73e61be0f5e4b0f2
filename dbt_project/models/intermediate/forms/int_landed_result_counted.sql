{{ lines_that_count('landed_result') }}
