"""What a person does without a night: check a file, teach a header, make a template, freeze a period, look after the machine."""
