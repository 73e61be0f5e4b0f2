"""Landing: what was judged is kept for good, every version, in one transaction."""
