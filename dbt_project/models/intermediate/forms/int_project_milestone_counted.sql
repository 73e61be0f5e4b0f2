{{ lines_that_count('project_milestone') }}
