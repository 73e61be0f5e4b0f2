"""The gate before publishing: expectations of Great Expectations over the marts and their lines, and the page of what came of them."""
