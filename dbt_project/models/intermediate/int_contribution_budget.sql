{{ contributions(ref('int_budget_line'), 'budget_execution_monthly', budget_measures()) }}
