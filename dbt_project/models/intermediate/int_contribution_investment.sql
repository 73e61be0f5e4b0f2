{{ contributions(ref('int_investment_line'), 'investment_monthly', investment_measures()) }}
