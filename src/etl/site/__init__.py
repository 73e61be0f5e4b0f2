"""What one county says: its units, who owes what until when, its settings, and the decisions of its people; nothing here judges."""
