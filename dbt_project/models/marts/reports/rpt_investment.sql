{{ report_of_months() }}
