"""From what was written to what is meant: numbers, dates, names and codes, never by guessing."""
