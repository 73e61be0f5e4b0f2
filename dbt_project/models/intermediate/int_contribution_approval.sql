{{ contributions(ref('int_approval_line'), 'approval_case', approval_measures()) }}
