"""A night's judging: each submission by itself, people's decisions on what was found, then everything beside everything."""
