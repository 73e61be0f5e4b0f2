{{ contributions(ref('int_key_project_line'), 'key_project_monthly', key_project_measures()) }}
