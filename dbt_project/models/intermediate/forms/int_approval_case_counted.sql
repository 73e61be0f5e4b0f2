{{ lines_that_count('approval_case') }}
