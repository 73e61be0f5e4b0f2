"""Whether tests bite: small mistakes are made in rules, models and steps, one at a time, and the tests of that place must fail."""
