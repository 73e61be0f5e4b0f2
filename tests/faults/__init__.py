"""The fault matrix: what may go wrong with machine, disk, files and people, what is promised then, and the tests that show it."""
