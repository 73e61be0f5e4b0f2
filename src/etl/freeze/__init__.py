"""Freezing: seal what an assessment used, prove that it never changed, and let a later correction count by approval only."""
