"""The values of one night: what it received, how it is named, what it reports, and what it reads again."""
