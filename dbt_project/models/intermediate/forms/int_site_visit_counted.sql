{{ lines_that_count('site_visit') }}
