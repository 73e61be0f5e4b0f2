"""Decisions of people are data: who owes what until when, and what was explained, waived, corrected or withdrawn."""
