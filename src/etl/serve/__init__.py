"""Serving: what was published, as tables of a database that BI tools read, swapped in whole."""
