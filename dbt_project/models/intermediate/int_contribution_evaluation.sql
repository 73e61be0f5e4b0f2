{{ contributions(ref('int_evaluated_line'), 'performance_self_evaluation', evaluation_measures()) }}
