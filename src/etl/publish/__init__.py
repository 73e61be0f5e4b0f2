"""Publishing: audit what was built, write it out the same way every time, swap it in at once."""
