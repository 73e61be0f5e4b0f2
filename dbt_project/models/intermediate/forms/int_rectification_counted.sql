{{ lines_that_count('rectification') }}
