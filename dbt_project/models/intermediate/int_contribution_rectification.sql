{{ contributions(ref('int_rectification_line'), 'rectification', rectification_measures()) }}
