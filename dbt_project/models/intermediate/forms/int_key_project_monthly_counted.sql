{{ lines_that_count('key_project_monthly') }}
